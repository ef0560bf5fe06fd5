// The lower end of a phone: START, or the input with the menu of commands, the paper clip, and what the next message is about.

import { paperClip, pending } from "./attachment.js";
import { icon, iconButton, keepingFocus, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { askLocation } from "./location.js";
import { entry, menu } from "./menus.js";
import { preview } from "./preview.js";

export class Composer {
  /**
   * `deeds`: say(text, replyTo), edit(message, text), send(attachment, caption, replyTo), locate(place, replyTo), start(),
   * restart().
   */
  constructor(deeds) {
    this.deeds = deeds;
    this.element = make("div", { class: "composer" });
    this.about = {};
    this.shape = "";
  }

  /** Show what fits the state of the chat; the input keeps its text while its surroundings change. */
  update({ phone, said, language, zone, link }) {
    this.zone = zone;
    const shape = JSON.stringify([
      phone.started,
      phone.blocked,
      phone.commands,
      phone.kind,
      phone.members?.length,
      language,
      said.send,
      link,
    ]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.said = said;
    this.language = language;
    keepingFocus(
      this.element,
      () => this.#lay(phone, link),
      () => this.input ?? this.element.querySelector("button"),
    );
  }

  #lay(phone, link) {
    const draft = this.input?.value ?? "";
    this.input = null;
    if (phone.kind === "group" && !phone.members.length)
      this.element.replaceChildren(make("p", { class: "nobody", text: this.said.nobody }));
    else if (phone.kind === "private" && phone.blocked) this.#showButton(this.said.restart, this.deeds.restart);
    else if (phone.kind === "private" && !phone.started) this.#showStart(link);
    else this.#showInput(phone, draft);
  }

  #showButton(text, deed) {
    this.element.replaceChildren(make("button", { type: "button", class: "start", text, onclick: () => deed() }));
  }

  #showStart(link) {
    this.#showButton(this.said.start, this.deeds.start);
    if (!link) return;
    const address = make("span", { class: "invitation-link", text: link });
    this.element.prepend(make("p", { class: "invitation" }, make("span", { text: this.said.invited }), address));
  }

  #showInput(phone, draft) {
    const { said } = this;
    this.input = make("textarea", {
      rows: "1",
      maxlength: "4096",
      "aria-label": said.write,
      placeholder: said.write,
      "data-key": "write",
    });
    this.input.value = draft;
    this.input.addEventListener("keydown", (event) => this.#pressed(event));
    this.input.addEventListener("input", () => this.#grow());
    const send = make(
      "button",
      { type: "submit", class: "round send", "aria-label": said.send, title: said.send, "data-key": "send" },
      icon(ICONS.send),
    );
    const clip = paperClip(
      said,
      (attachment) => this.#aboutTo({ attachment, replyTo: this.about.replyTo }),
      () => this.#locate(),
    );
    const form = make("form", { class: "entry" }, this.#commands(phone.commands), clip, this.input, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.bar = make("div", { class: "about-bar", hidden: true });
    this.keys = make("div", { class: "reply-keyboard", hidden: true });
    this.element.replaceChildren(this.bar, form, this.keys);
    this.#showAbout();
    this.#grow();
  }

  #pressed(event) {
    if (event.key === "Escape" && Object.keys(this.about).length) {
      event.stopPropagation();
      this.#cancel();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #commands(commands) {
    if (!commands.length) return null;
    const items = commands.map(({ command, description }) => {
      const button = entry("", () => this.deeds.say(`/${command}`));
      button.append(make("code", { text: `/${command}` }), make("span", { text: description }));
      return button;
    });
    return menu(
      ICONS.slash,
      this.said.commands,
      make("div", { class: "sheet" }, ...items),
      "commands upward",
      "commands",
    );
  }

  async #send() {
    const text = this.input.value.trim();
    const { attachment, editing, replyTo } = this.about;
    if (!text && !attachment) return;
    this.input.value = "";
    this.#aboutTo({});
    const sent = attachment
      ? await this.deeds.send(attachment, text, replyTo?.id)
      : editing
        ? await this.deeds.edit(editing, text)
        : await this.deeds.say(text, replyTo?.id);
    if (sent || !this.input) return;
    this.input.value ||= text;
    this.#aboutTo({ attachment, editing, replyTo });
  }

  /** Ask for a place and send it; like a file it replies to what is being replied to. */
  #locate() {
    const { said, language, zone } = this;
    const { replyTo } = this.about;
    const send = async (place) => {
      if ((await this.deeds.locate(place, replyTo?.id)) && replyTo) this.#aboutTo({});
    };
    askLocation({ said, language, zone }, send, () => this.input?.focus({ preventScroll: true }));
  }

  #grow() {
    const lines = this.input.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / 32), 0);
    this.input.rows = Math.min(5, lines);
  }

  /** The next message replies to this one. */
  reply(message) {
    this.#aboutTo({ replyTo: message, attachment: this.about.attachment });
  }

  /** The next text replaces that of this message. */
  edit(message) {
    if (!this.input) return;
    this.input.value = message.text ?? message.caption;
    this.#aboutTo({ editing: message });
  }

  #aboutTo(about) {
    this.about = about;
    if (!this.input) return;
    this.#showAbout();
    this.#grow();
    this.input.focus({ preventScroll: true });
  }

  #cancel() {
    if (this.about.editing) this.input.value = "";
    this.#aboutTo({});
  }

  #showAbout() {
    const { attachment, editing, replyTo } = this.about;
    const { said } = this;
    const lines = [];
    if (replyTo)
      lines.push(
        make("span", {}, make("strong", { text: said.replying(replyTo.from.name) }), ` ${preview(replyTo, said)}`),
      );
    if (editing) lines.push(make("span", {}, make("strong", { text: said.editing }), ` ${preview(editing, said)}`));
    if (attachment) lines.push(pending(attachment, said, this.language));
    this.input.setAttribute("placeholder", attachment ? said.caption : said.write);
    this.bar.hidden = !lines.length;
    const cancel = iconButton(ICONS.close, said.cancel, () => this.#cancel());
    this.bar.replaceChildren(...(lines.length ? [make("div", { class: "about-lines" }, ...lines), cancel] : []));
  }

  /** Follow the keyboards that the bot's messages bring and take away. */
  follow(messages) {
    if (!this.input) return;
    const last = messages
      .filter((message) => message.from.is_bot && (message.markup?.keyboard || message.markup?.remove_keyboard))
      .at(-1);
    const used = last?.markup.one_time_keyboard && messages.at(-1) !== last && !messages.at(-1).from.is_bot;
    const rows = used ? [] : (last?.markup.keyboard ?? []);
    const shape = JSON.stringify(rows);
    if (this.keys.dataset.shape !== shape) {
      this.keys.dataset.shape = shape;
      this.keys.hidden = !rows.length;
      const key = ({ text, request_location: asksWhere }) => {
        const onclick = () => (asksWhere ? this.#locate() : this.deeds.say(text));
        return make("button", { type: "button", class: "key", text, onclick });
      };
      this.keys.replaceChildren(...rows.map((row) => make("div", { class: "row" }, ...row.map(key))));
    }
    const newest = messages.at(-1);
    if (newest?.markup?.force_reply && this.forced !== newest.id) {
      this.forced = newest.id;
      this.about = { replyTo: newest };
      this.#showAbout();
    }
  }
}
