// The upper end of a phone: where and when it is, whom the chat is with, and the menu of what its owner can do.

import { avatar, iconButton, keepingFocus, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { entry, menu } from "./menus.js";
import { cityOf, clockTime } from "./times.js";

const TYPING_FOR = 5000;

export class Header {
  /** `deeds`: lock(), language(code), block(blocked), speak(id), leave(), join(id), migrate(), addBot(), removeBot(). */
  constructor(deeds) {
    this.deeds = deeds;
    this.time = make("time");
    this.city = make("span", { class: "city" });
    this.bar = make("header", { class: "phone-header" });
    this.speakers = make("div", { class: "speaker", hidden: true });
    this.element = make(
      "div",
      { class: "phone-top" },
      make("p", { class: "status-bar" }, this.time, this.city),
      this.bar,
    );
  }

  update(state) {
    this.state = state;
    const { phone, said, language, zone, speaker, guests } = state;
    this.city.textContent = cityOf(zone, language);
    const { title, started, blocked, members, bot_present: present, basic, kind } = phone;
    const shape = JSON.stringify([
      title,
      started,
      blocked,
      members,
      present,
      basic,
      kind,
      language,
      speaker,
      guests,
      said.send,
    ]);
    if (shape === this.shape) return;
    this.shape = shape;
    keepingFocus(
      this.bar,
      () => this.#lay(),
      () => this.bar.querySelector("summary"),
    );
    keepingFocus(this.speakers, () => this.#laySpeakers());
  }

  /** The local time; called with each tick of the clock. */
  tick(now) {
    this.time.textContent = clockTime(now, this.state.language, this.state.zone);
    this.time.dateTime = now.toISOString();
  }

  #lay() {
    const { phone, said } = this.state;
    const title = phone.title || "…";
    this.subtitle = make("span", { class: "subtitle", text: this.#quiet() });
    const who = make("div", { class: "who" }, make("strong", { text: title, title }), this.subtitle);
    const lock = iconButton(ICONS.lock, said.lock, () => this.deeds.lock(), {
      class: "round lock-button",
      "data-key": "lock",
    });
    const isGroup = phone.kind === "group";
    const entries = isGroup ? this.#groupEntries() : this.#personEntries();
    const more = menu(ICONS.more, said.more, make("div", { class: "sheet" }, ...entries), "", "more");
    this.bar.replaceChildren(avatar(title, isGroup ? phone.chat : 2), who, lock, more);
  }

  #quiet() {
    const { phone, said } = this.state;
    if (phone.kind !== "group") return said.bot;
    return said.members(phone.members.length) + (phone.bot_present ? said.with_bot : "");
  }

  /** In a group the reader chooses who speaks; the choice stands above the input. */
  #laySpeakers() {
    const { phone, said, speaker } = this.state;
    this.speakers.hidden = !phone.members?.length;
    if (this.speakers.hidden) return;
    const select = make("select", { "aria-label": said.speaking_as, title: said.speaking_as, "data-key": "speaker" });
    for (const { id, name } of phone.members)
      select.append(make("option", { value: id, text: name, selected: id === speaker }));
    select.addEventListener("change", () => this.deeds.speak(Number(select.value)));
    this.speakers.replaceChildren(make("label", {}, make("span", { text: said.speaking_as }), select));
  }

  #personEntries() {
    const { phone, said } = this.state;
    const entries = [entry(said.app_language, () => this.deeds.language(said.other_language))];
    if (phone.started)
      entries.push(entry(phone.blocked ? said.unblock : said.block, () => this.deeds.block(!phone.blocked)));
    return entries;
  }

  #groupEntries() {
    const { phone, said, speaker, guests } = this.state;
    const name = phone.members.find(({ id }) => id === speaker)?.name;
    const entries = name ? [entry(said.leave(name), () => this.deeds.leave())] : [];
    entries.push(...guests.map((guest) => entry(said.rejoin(guest.name), () => this.deeds.join(guest.id))));
    if (name)
      entries.push(
        entry(phone.bot_present ? said.remove_bot : said.add_bot, () =>
          phone.bot_present ? this.deeds.removeBot() : this.deeds.addBot(),
        ),
      );
    if (phone.basic) entries.push(entry(said.migrate, () => this.deeds.migrate()));
    return entries;
  }

  /** The bot is writing: that shows for some seconds, or until its message comes. */
  typing() {
    this.subtitle.textContent = this.state.said.typing;
    this.subtitle.classList.add("active");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stopTyping(), TYPING_FOR);
  }

  stopTyping() {
    clearTimeout(this.timer);
    this.subtitle.textContent = this.#quiet();
    this.subtitle.classList.remove("active");
  }
}
