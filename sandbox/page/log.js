// The messages of a phone in their order, what of them is unread, and the button that leads to the newest.

import { bubble, dayOf, daySeparator } from "./bubbles.js";
import { iconButton, keepingFocus, make } from "./dom.js";
import { ICONS } from "./icons.js";

const NEAR_END = 40;

// Seconds between two messages from which on the clock was moved for the second: then nobody reads the first any more.
const LATER = 3600;

export class Log {
  /** `onUnread(count)` is told how many messages nobody has seen yet. */
  constructor(onUnread) {
    this.items = new Map();
    this.onUnread = onUnread;
    this.unread = new Set();
    this.seen = true;
    this.atEnd = true;
    this.latest = null; // the id of the newest message that was scrolled to
    this.held = null; // the id of the message that is shown from its top, until somebody scrolls
    this.size = "";
    this.list = make("ol", { class: "log", role: "log", "aria-live": "off", tabindex: "0" });
    this.count = make("span", { class: "count", hidden: true });
    this.down = iconButton(ICONS.down, "", () => this.#toEnd(true), { class: "round down", hidden: true });
    this.down.append(this.count);
    this.element = make("div", { class: "log-frame" }, this.list, this.down);
    this.list.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#resized()).observe(this.list);
  }

  /** Whether the phone is before somebody's eyes: only then is what it shows read. */
  set inView(value) {
    this.seen = value;
    this.#label();
  }

  /** Show all messages of the chat, as a snapshot brings them. */
  show(messages, scene) {
    this.scene = scene;
    this.list.setAttribute("aria-label", scene.said.messages);
    const setting = JSON.stringify([scene.language, scene.zone, scene.me, scene.active]);
    if (setting !== this.setting) this.items.clear();
    const before = [...this.items.keys()];
    let changed = setting !== this.setting;
    this.setting = setting;
    const present = new Set(messages.map(({ id }) => id));
    for (const id of before) if (!present.has(id)) changed = this.items.delete(id) || changed;
    for (const message of messages) changed = this.#take(message) || changed;
    if (changed) this.#layAgain();
    this.#label();
  }

  /** Keep the element of a message that has not changed; says whether it has. */
  #take(message) {
    const known = JSON.stringify(message);
    if (this.items.get(message.id)?.known === known) return false;
    this.items.set(message.id, { known, message, element: bubble(message, this.scene) });
    return true;
  }

  #layAgain() {
    keepingFocus(
      this.list,
      () => this.#lay(),
      () => this.list,
    );
  }

  /** Put the items in their order, a separator before each new day. */
  #lay() {
    const wasAtEnd = this.atEnd;
    const top = this.list.scrollTop;
    const children = [];
    let day = "";
    for (const { message, element } of this.items.values()) {
      const its = dayOf(message, this.scene.zone);
      if (its !== day) children.push(daySeparator(message, this.scene));
      day = its;
      children.push(element);
    }
    this.list.replaceChildren(...children);
    if (wasAtEnd) this.#toNewest();
    else this.list.scrollTop = top;
  }

  /** A message came, or has a new form. Says whether it came. */
  put(message) {
    const old = this.items.get(message.id);
    if (!this.#take(message)) return false;
    const { element } = this.items.get(message.id);
    if (old) {
      keepingFocus(
        this.list,
        () => old.element.replaceWith(element),
        () => element,
      );
      element.classList.add("changed");
    } else {
      const previous = [...this.items.values()].at(-2)?.message;
      if (!previous || dayOf(previous, this.scene.zone) !== dayOf(message, this.scene.zone))
        this.list.append(daySeparator(message, this.scene));
      element.classList.add("arriving");
      this.list.append(element);
      this.#arrived(message);
    }
    if (this.atEnd) this.#toNewest();
    return !old;
  }

  #arrived(message) {
    const held = this.items.get(this.held)?.message;
    const isLater = held && message.date - held.date > LATER;
    if (message.from.id === this.scene.me || isLater) this.atEnd = true;
    else if (!this.seen || !this.atEnd) this.unread.add(message.id);
    this.#label();
  }

  remove(id) {
    this.unread.delete(id);
    if (this.items.delete(id)) this.#layAgain();
    this.#label();
  }

  /** Go to a message and make it glow for a moment. */
  jump(id) {
    const element = this.items.get(id)?.element;
    if (!element) return;
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
    element.classList.remove("changed");
    requestAnimationFrame(() => element.classList.add("changed"));
  }

  /** The owner has answered: what comes next is to be seen, even if a long message was held at its top. */
  acted() {
    if (this.held !== null) this.#toNewest();
  }

  /** Somebody scrolled; or the browser did, for the size has changed: the observer of the size puts that right. */
  #scrolled() {
    if (this.size !== this.#measure()) return;
    const element = this.items.get(this.held)?.element;
    if (!element || Math.abs(this.list.scrollTop - element.offsetTop) > 2) this.held = null;
    this.#look();
  }

  /** Where the log stood it stays when its size has changed: at the end, or at the top of the message it holds. */
  #resized() {
    this.size = this.#measure();
    const element = this.items.get(this.held)?.element;
    if (element) this.list.scrollTop = element.offsetTop;
    else if (this.atEnd) this.#toNewest();
  }

  #measure() {
    return `${this.list.clientWidth} ${this.list.clientHeight}`;
  }

  /** What the eyes rest on: is it the newest? */
  #look() {
    if (this.list.clientHeight)
      this.atEnd = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END;
    this.#label();
  }

  #label() {
    if (this.seen && this.atEnd) this.unread.clear();
    this.down.hidden = this.atEnd;
    const { size } = this.unread;
    this.count.hidden = !size;
    this.count.textContent = size;
    const label = this.scene ? this.scene.said.to_end(size) : "";
    this.down.setAttribute("aria-label", label);
    this.down.title = label;
    this.onUnread(size);
  }

  /** Go to the end; but what is new and longer than the log is read from its beginning. */
  #toNewest() {
    if (!this.list.clientHeight) return;
    const { message, element } = [...this.items.values()].at(-1) ?? {};
    const isNew = message && message.id !== this.latest && message.from.id !== this.scene.me;
    if (!isNew || element.offsetHeight <= this.list.clientHeight) return this.#toEnd();
    this.latest = this.held = message.id;
    this.list.scrollTop = element.offsetTop;
    this.#look();
  }

  #toEnd(focus = false) {
    this.atEnd = true;
    this.held = null;
    this.latest = [...this.items.keys()].at(-1);
    this.list.scrollTop = this.list.scrollHeight;
    if (focus) this.list.focus({ preventScroll: true });
    this.#label();
  }
}
