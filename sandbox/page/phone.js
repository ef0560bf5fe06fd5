// One phone: header, log of messages, composer, and what passes over it (typing, toasts, alerts).

import { post } from "./api.js";
import { bubble, dayOf, daySeparator } from "./bubbles.js";
import { Composer } from "./composer.js";
import { avatar, icon, ICONS, make } from "./dom.js";
import { words } from "./words.js";

const TYPING_FOR = 5000;
const ANSWER_WITHIN = 15000;

export class Phone {
  constructor(chat) {
    this.chat = chat;
    this.items = new Map();
    this.waiting = new Map();
    this.speaker = null;
    this.log = make("ol", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
    this.header = make("header", { class: "phone-header" });
    this.log.addEventListener("scroll", () => { this.atEnd = this.#isAtEnd(); });
    new ResizeObserver(() => this.atEnd && this.#scroll()).observe(this.log);
    this.overlay = make("div", { class: "toasts", role: "status" });
    this.intro = make("div", { class: "intro" });
    this.composer = new Composer({
      say: (text, replyTo) => this.#say(text, replyTo),
      start: () => this.#start(),
      unblock: () => this.#block(false),
    });
    this.caption = make("h2", { class: "caption", id: `caption-${chat}` });
    const screen = make("div", { class: "screen" }, this.header, this.intro, this.log, this.overlay, this.composer.element);
    this.element = make("section", { class: "phone", id: `phone-${chat}`, role: "tabpanel", "aria-labelledby": `caption-${chat}` }, this.caption, screen);
  }

  /** Show a new state: everything of the phone as the snapshot has it. */
  update(phone, invitation, pageSaid) {
    this.phone = phone;
    this.invitation = invitation;
    this.language = phone.person?.language ?? document.documentElement.lang;
    this.said = phone.kind === "group" ? pageSaid : words(this.language);
    this.speaker ??= phone.members?.[0]?.id ?? null;
    this.caption.textContent = phone.kind === "group" ? pageSaid.group_phone : pageSaid.phone_of(phone.person.name);
    this.element.querySelector(".screen").lang = this.language;
    this.log.setAttribute("aria-label", this.said.messages);
    this.#showHeader();
    this.composer.update(phone, this.said, invitation);
    this.#showAll();
  }

  get label() {
    return this.phone.kind === "group" ? this.phone.title : this.phone.person.name;
  }

  get me() {
    return this.phone.kind === "group" ? this.speaker : this.phone.person.id;
  }

  get scene() {
    return {
      said: this.said,
      language: this.language,
      me: this.me,
      group: this.phone.kind === "group",
      onCommand: (text) => this.#say(text),
      onReply: (message) => this.composer.reply(message),
      onTap: (message, button, element) => this.#tap(message, button, element),
    };
  }

  #showHeader() {
    const { phone, said } = this;
    const title = phone.title || "…";
    this.subtitle = make("span", { class: "subtitle", text: this.#quietSubtitle() });
    const name = make("div", { class: "who" }, make("strong", { text: title }), this.subtitle);
    const right = phone.kind === "group" ? this.#speakerChoice() : this.#actions();
    this.header.replaceChildren(avatar(title, phone.kind === "group" ? phone.chat : 2), name, right);
  }

  #quietSubtitle() {
    const { phone, said } = this;
    if (phone.kind !== "group") return said.bot;
    return said.members(phone.members.length) + (phone.bot_present ? `, ${said.with_bot}` : "");
  }

  #speakerChoice() {
    const select = make("select", { "aria-label": this.said.speaking_as });
    for (const member of this.phone.members) {
      select.append(make("option", { value: member.id, text: member.name, selected: member.id === this.speaker }));
    }
    select.addEventListener("change", () => {
      this.speaker = Number(select.value);
      this.items.clear();
      this.#showAll();
    });
    return make("label", { class: "speaker" }, make("span", { text: this.said.speaking_as }), select);
  }

  #actions() {
    const { said, phone } = this;
    const item = (text, deed) =>
      make("button", { type: "button", text, onclick: () => { menu.removeAttribute("open"); deed(); } });
    const summary = make("summary", { class: "round", "aria-label": said.more, title: said.more }, icon(ICONS.more));
    const sheet = make("div", { class: "sheet" });
    const menu = make("details", { class: "menu" }, summary, sheet);
    sheet.append(item(said.app_language, () => this.#act("language", { language: said.other_language })));
    if (phone.started) {
      sheet.append(item(phone.blocked ? said.unblock : said.block, () => this.#block(!phone.blocked)));
    }
    return menu;
  }

  #showAll() {
    const { messages, about, started } = this.phone;
    const before = JSON.stringify([...this.items.keys()]);
    for (const id of this.items.keys()) {
      if (!messages.some((message) => message.id === id)) this.items.delete(id);
    }
    let changed = this.log.lang !== this.language || JSON.stringify(messages.map(({ id }) => id)) !== before;
    this.log.lang = this.language;
    for (const message of messages) {
      const known = JSON.stringify(message) + this.language;
      if (this.items.get(message.id)?.known === known) continue;
      this.items.set(message.id, { known, message, element: bubble(message, this.scene) });
      changed = true;
    }
    const said = this.said;
    const shown = about ? [make("strong", { text: said.what_can }), make("p", { text: about })] : [];
    this.intro.replaceChildren(...(started || this.phone.kind === "group" ? [] : shown));
    this.intro.hidden = !this.intro.childElementCount;
    if (changed) this.#lay();
    this.composer.follow(messages);
  }

  /** Put the items in their order, a separator before each new day. */
  #lay() {
    const children = [];
    let day = "";
    for (const { id } of this.phone.messages) {
      const { message, element } = this.items.get(id);
      if (dayOf(message) !== day) children.push(daySeparator(message, this.language));
      day = dayOf(message);
      children.push(element);
    }
    this.log.replaceChildren(...children);
    this.#scroll();
  }

  #isAtEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 40;
  }

  #scroll() {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** A message came, or was edited. */
  put(message) {
    const { messages } = this.phone;
    const index = messages.findIndex(({ id }) => id === message.id);
    const previous = messages.at(-1);
    const element = bubble(message, this.scene);
    const known = JSON.stringify(message) + this.language;
    if (index >= 0) {
      messages[index] = message;
      this.items.get(message.id).element.replaceWith(element);
    } else {
      if (!previous || dayOf(previous) !== dayOf(message)) this.log.append(daySeparator(message, this.language));
      messages.push(message);
      this.log.append(element);
      element.classList.add("arriving");
    }
    this.items.set(message.id, { known, message, element });
    if (message.from.is_bot) this.#stopTyping();
    this.composer.follow(messages);
    this.#scroll();
  }

  remove(id) {
    this.phone.messages = this.phone.messages.filter((message) => message.id !== id);
    this.items.delete(id);
    this.#lay();
  }

  typing() {
    this.subtitle.textContent = this.said.typing;
    this.subtitle.classList.add("active");
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.#stopTyping(), TYPING_FOR);
  }

  #stopTyping() {
    clearTimeout(this.typingTimer);
    this.subtitle.textContent = this.#quietSubtitle();
    this.subtitle.classList.remove("active");
  }

  /** The bot answered a tap. */
  answer({ callback, text, alert, person }) {
    this.waiting.get(callback)?.();
    this.waiting.set(callback, null);
    if (!text || (this.phone.kind === "group" && person !== this.speaker)) return;
    if (alert) this.#alert(text);
    else this.#toast(text);
  }

  #toast(text) {
    const toast = make("p", { class: "toast", text });
    this.overlay.append(toast);
    setTimeout(() => toast.remove(), 4000);
  }

  #alert(text) {
    const close = make("button", { type: "button", class: "primary", text: this.said.ok });
    const dialog = make("dialog", { class: "alert" }, make("p", { text }), close);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    this.element.append(dialog);
    dialog.showModal();
  }

  async #act(deed, body = {}) {
    try {
      return await post(`people/${this.me}/${deed}`, body);
    } catch (problem) {
      this.#toast(problem instanceof TypeError ? this.said.not_sent : problem.message);
      return null;
    }
  }

  #say(text, replyTo) {
    return this.#act("say", { chat: this.chat, text, reply_to: replyTo });
  }

  #start() {
    const link = this.invitation?.link ?? "";
    return this.#act("start", { code: /[?&]start=([\w-]+)/.exec(link)?.[1] ?? "" });
  }

  #block(blocked) {
    return this.#act(blocked ? "block" : "unblock");
  }

  async #tap(message, button, element) {
    if (element.classList.contains("busy")) return;
    const rest = () => { element.classList.remove("busy"); element.removeAttribute("aria-busy"); };
    element.classList.add("busy");
    element.setAttribute("aria-busy", "true");
    const result = await this.#act("tap", { chat: this.chat, message_id: message.id, data: button.callback_data });
    const callback = result?.callback_query_id;
    if (!callback || this.waiting.has(callback)) return rest();
    this.waiting.set(callback, rest);
    setTimeout(rest, ANSWER_WITHIN);
  }
}
