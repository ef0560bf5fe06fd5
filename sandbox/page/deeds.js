// What the owner of a phone does: each deed is a call of the control interface, and says so on the phone when it fails.

import { post } from "./api.js";
import { measured } from "./recordings.js";

const ANSWER_WITHIN = 15000;
const LARGEST_FILE = 50 * 1024 * 1024;

export class Deeds {
  /** `phone` gives chat, me, language, said, isGroup, link; `complain(text)` shows what went wrong. */
  constructor(phone, complain) {
    this.phone = phone;
    this.complain = complain;
    this.waiting = new Map();
  }

  async #call(path, body = {}) {
    try {
      return await post(path, body);
    } catch (problem) {
      this.complain(problem instanceof TypeError ? this.phone.said.not_sent : problem.message);
      return null;
    }
  }

  #act(deed, body = {}) {
    return this.#call(`people/${this.phone.me}/${deed}`, body);
  }

  #inChat(deed, body) {
    return this.#act(deed, { ...body, chat: this.phone.chat });
  }

  #inGroup(deed, body = {}) {
    return this.#call(`groups/${this.phone.chat}/${deed}`, body);
  }

  say(text, replyTo) {
    return this.#inChat("say", { text, reply_to: replyTo });
  }

  edit(message, text) {
    return this.#inChat("edit", { message_id: message.id, text });
  }

  remove(message) {
    return this.#inChat("delete", { message_id: message.id });
  }

  react(message, emoji) {
    return this.#inChat("react", { message_id: message.id, emoji });
  }

  vote(message, options) {
    return this.#inChat("vote", { message_id: message.id, options });
  }

  async send({ kind, file }, caption, replyTo) {
    if (file.size > LARGEST_FILE) {
      this.complain(this.phone.said.too_large);
      return null;
    }
    const form = new FormData();
    form.append("as", kind);
    for (const [name, value] of Object.entries(await measured({ kind, file }))) form.append(name, value);
    if (this.phone.isGroup) form.append("chat", this.phone.chat);
    if (caption) form.append("caption", caption);
    if (replyTo) form.append("reply_to", replyTo);
    form.append("file", file);
    return this.#act("send", form);
  }

  locate(place, replyTo) {
    return this.#inChat("location", { ...place, reply_to: replyTo });
  }

  /** Open the chat with the bot, by the invitation of this phone unless another code is named. */
  start(code = /[?&]start=([\w-]+)/.exec(this.phone.link ?? "")?.[1] ?? "") {
    return this.#act("start", { code });
  }

  /** What chat clients do once the bot is unblocked: they send /start, without the code of an invitation. */
  restart() {
    return this.#act("start", { code: "" });
  }

  block(blocked) {
    return this.#act(blocked ? "block" : "unblock");
  }

  language(language) {
    return this.#act("language", { language });
  }

  leave() {
    return this.#inGroup("leave", { person: this.phone.me });
  }

  join(person) {
    return this.#inGroup("join", { person });
  }

  addBot() {
    return this.#inGroup("add_bot", { person: this.phone.me });
  }

  removeBot() {
    return this.#inGroup("remove_bot");
  }

  migrate() {
    return this.#inGroup("migrate");
  }

  /** Tap a button: it is busy until the bot has answered the tap, which may come before the call returns. */
  async tap(message, button, element) {
    if (element.classList.contains("busy")) return;
    const rest = () => {
      element.classList.remove("busy");
      element.removeAttribute("aria-busy");
    };
    element.classList.add("busy");
    element.setAttribute("aria-busy", "true");
    const result = await this.#inChat("tap", { message_id: message.id, data: button.callback_data });
    const callback = result?.callback_query_id;
    if (!callback || this.waiting.has(callback)) return rest();
    this.waiting.set(callback, rest);
    setTimeout(rest, ANSWER_WITHIN);
  }

  /** The bot has answered a tap. */
  answered(callback) {
    this.waiting.get(callback)?.();
    this.waiting.set(callback, null);
  }
}
