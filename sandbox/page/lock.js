// The lock screen of a phone: the hour, the day, and what of new messages anybody could read who sees the phone lie there.

import { avatar, icon, keepingFocus, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { preview } from "./preview.js";
import { cityOf, clockTime, dayAndMonth, dayIn, lockDate } from "./times.js";

const SHOWN = 4;

export class LockScreen {
  /** `onUnlock` is called when somebody touches it. */
  constructor(onUnlock) {
    this.messages = new Map();
    this.time = make("time", { class: "lock-time" });
    this.date = make("p", { class: "lock-date" });
    this.list = make("ol", { class: "notifications" });
    this.hint = make("p", { class: "lock-hint" });
    this.button = make("button", { type: "button", class: "unlock", onclick: onUnlock });
    this.onUnlock = onUnlock;
    this.element = make(
      "div",
      { class: "lock", hidden: true },
      make("div", { class: "lock-face" }, this.time, this.date),
      this.list,
      this.hint,
      this.button,
    );
  }

  /** Take over the words and the place of the phone; `title` heads each notification. */
  update({ said, language, zone, title, id, group }) {
    Object.assign(this, { said, language, zone, title, id, group });
    this.hint.textContent = said.lock_hint;
    this.button.replaceChildren(icon(ICONS.unlock), said.unlock);
    this.#show();
  }

  /** Write the hour; called with each tick of the clock. */
  tick(now) {
    const today = dayIn(now, this.zone);
    if (today !== this.today) {
      this.today = today;
      this.#show();
    }
    this.time.textContent = clockTime(now, this.language, this.zone);
    this.time.dateTime = now.toISOString();
    this.date.textContent = `${lockDate(now, this.language, this.zone)} · ${cityOf(this.zone, this.language)}`;
  }

  /** A message came, or was edited while its notification was there. Gives what the notification says. */
  notify(message) {
    this.messages.set(message.id, message);
    this.arrived = message.silent ? null : message.id;
    this.#show();
    return this.#line(message);
  }

  knows(id) {
    return this.messages.has(id);
  }

  /** The bot has deleted a message: its notification goes as well. */
  forget(id) {
    if (this.messages.delete(id)) this.#show();
  }

  clear() {
    this.messages.clear();
    this.#show();
  }

  #line(message) {
    const text = preview(message, this.said);
    return this.group ? `${message.from.name}${this.said.colon}${text}` : text;
  }

  #show() {
    if (!this.said) return;
    const newest = [...this.messages.values()].reverse();
    const shown = newest.slice(0, SHOWN).map((message) => this.#notification(message));
    const more = newest.length - SHOWN;
    if (more > 0) shown.push(make("li", { class: "more-notifications", text: this.said.more_notifications(more) }));
    if (!shown.length) shown.push(make("li", { class: "more-notifications", text: this.said.no_notifications }));
    keepingFocus(
      this.list,
      () => this.list.replaceChildren(...shown),
      () => this.button,
    );
    this.arrived = null;
  }

  /** The hour of what came today, the day of what came before. */
  #when(instant) {
    const short = dayIn(instant, this.zone) === this.today ? clockTime : dayAndMonth;
    return short(instant, this.language, this.zone);
  }

  #notification(message) {
    const time = make("time", { text: this.#when(message.date * 1000) });
    const silent = message.silent
      ? make(
          "span",
          { class: "silent", role: "img", "aria-label": this.said.silent, title: this.said.silent },
          icon(ICONS.silent),
        )
      : null;
    const head = make("span", { class: "notification-head" }, make("strong", { text: this.title }), silent, time);
    const text = make("span", { class: "notification-text", text: this.#line(message) });
    const lines = make("span", { class: "notification-body" }, head, text);
    const fresh = message.id === this.arrived ? " lighting" : "";
    const open = make(
      "button",
      { type: "button", class: `notification${fresh}`, "data-key": `n-${message.id}`, onclick: this.onUnlock },
      avatar(this.title, this.id),
      lines,
    );
    return make("li", {}, open);
  }
}
