// The lower end of a phone: START, or the input with the menu of commands, the reply keyboard and what is replied to.

import { icon, ICONS, make } from "./dom.js";

/** `deeds` are what the phone can do: say(text, replyTo), start(), unblock(). */
export class Composer {
  constructor(deeds) {
    this.deeds = deeds;
    this.element = make("div", { class: "composer" });
    this.replyTo = null;
    this.said = null;
    this.shape = "";
  }

  /** Show what fits the state of the chat; the input keeps its text while its surroundings change. */
  update(phone, said, invitation) {
    const shape = JSON.stringify([phone.started, phone.blocked, phone.commands, phone.kind, said.send, invitation]);
    if (shape === this.shape) return;
    this.shape = shape;
    this.said = said;
    const draft = this.input?.value ?? "";
    this.input = null;
    if (phone.kind === "private" && phone.blocked) this.#showButton(said.restart, this.deeds.unblock);
    else if (phone.kind === "private" && !phone.started) this.#showStart(said, invitation);
    else this.#showInput(phone, said, draft);
  }

  #showButton(text, deed) {
    const button = make("button", { type: "button", class: "start", text, onclick: () => deed() });
    this.element.replaceChildren(button);
  }

  #showStart(said, invitation) {
    this.#showButton(said.start, this.deeds.start);
    if (!invitation?.link) return;
    const link = make("span", { class: "invitation-link", text: invitation.link });
    this.element.prepend(make("p", { class: "invitation" }, make("span", { text: said.invited }), link));
  }

  #showInput(phone, said, draft) {
    this.input = make("textarea", { rows: "1", maxlength: "4096", "aria-label": said.write, placeholder: said.write });
    this.input.value = draft;
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#send();
      }
    });
    this.input.addEventListener("input", () => this.#grow());
    const send = make("button", { type: "submit", class: "round send", "aria-label": said.send }, icon(ICONS.send));
    const form = make("form", { class: "entry" }, this.#menu(phone.commands, said), this.input, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.replyBar = make("div", { class: "reply-bar", hidden: true });
    this.keys = make("div", { class: "reply-keyboard", hidden: true });
    this.element.replaceChildren(this.replyBar, form, this.keys);
  }

  #menu(commands, said) {
    if (!commands.length) return null;
    const items = commands.map(({ command, description }) => {
      const choose = () => {
        menu.removeAttribute("open");
        this.deeds.say(`/${command}`);
      };
      const text = make("span", { text: description });
      return make("button", { type: "button", onclick: choose }, make("code", { text: `/${command}` }), text);
    });
    const label = make("summary", { class: "round", "aria-label": said.commands, title: said.commands }, icon(ICONS.slash));
    const menu = make("details", { class: "menu commands" }, label, make("div", { class: "sheet" }, ...items));
    return menu;
  }

  async #send() {
    const text = this.input.value.trim();
    if (!text) return;
    const replyTo = this.replyTo;
    this.input.value = "";
    this.#grow();
    this.reply(null);
    if (!(await this.deeds.say(text, replyTo?.id))) this.input.value ||= text;
    this.input.focus();
  }

  #grow() {
    this.input.rows = Math.min(4, this.input.value.split("\n").length);
  }

  /** Choose the message that the next one replies to, or none. */
  reply(message) {
    this.replyTo = message;
    if (!this.replyBar) return;
    this.replyBar.hidden = !message;
    this.replyBar.replaceChildren();
    if (!message) return;
    const text = make("span", {}, make("strong", { text: this.said.replying(message.from.name) }), ` ${message.text ?? ""}`);
    const cancel = make("button", { type: "button", class: "round", "aria-label": this.said.cancel }, icon(ICONS.close));
    cancel.addEventListener("click", () => this.reply(null));
    this.replyBar.append(text, cancel);
    this.input.focus();
  }

  /** Follow the keyboards that the bot's messages bring and take away. */
  follow(messages) {
    if (!this.input) return;
    const last = messages.filter((message) => message.from.is_bot && (message.markup?.keyboard || message.markup?.remove_keyboard)).at(-1);
    const used = last?.markup.one_time_keyboard && messages.at(-1) !== last && !messages.at(-1).from.is_bot;
    const rows = used ? [] : (last?.markup.keyboard ?? []);
    this.keys.hidden = !rows.length;
    this.keys.replaceChildren(
      ...rows.map((row) => make("div", { class: "row" }, ...row.map(({ text }) =>
        make("button", { type: "button", class: "key", text, onclick: () => this.deeds.say(text) })))),
    );
    const newest = messages.at(-1);
    if (newest?.markup?.force_reply && this.replyTo?.id !== newest.id) this.reply(newest);
  }
}
