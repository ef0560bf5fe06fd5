// One phone: what stands at its top, its log, its composer, its lock screen, and what passes over it (toasts, alerts).

import { Composer } from "./composer.js";
import { Deeds } from "./deeds.js";
import { announce, make } from "./dom.js";
import { Header } from "./header.js";
import { LockScreen } from "./lock.js";
import { Log } from "./log.js";
import { preview } from "./preview.js";
import { choose } from "./tabs.js";
import { alertBox, toast } from "./toasts.js";
import { words } from "./words.js";

const LOCKED = "sandbox-locked-";

export class Phone {
  /** `onUnread(count)` is told how many messages wait to be seen. */
  constructor(chat, onUnread) {
    this.chat = chat;
    this.unread = 0;
    this.deeds = new Deeds(this, (text) => toast(this.toasts, text));
    this.header = new Header(this.#headerDeeds());
    this.log = new Log((count) => this.#showUnread(count, onUnread));
    this.lockScreen = new LockScreen(() => this.lock(false, true));
    this.composer = new Composer({
      say: (text, replyTo) => this.deeds.say(text, replyTo),
      edit: (message, text) => this.deeds.edit(message, text),
      send: (attachment, caption, replyTo) => this.deeds.send(attachment, caption, replyTo),
      locate: (place, replyTo) => this.deeds.locate(place, replyTo),
      start: () => this.deeds.start(),
      restart: () => this.deeds.restart(),
    });
    this.#build();
    this.isLocked = sessionStorage.getItem(LOCKED + chat) !== null;
  }

  #headerDeeds() {
    return {
      lock: () => this.lock(true, true),
      language: (language) => this.deeds.language(language),
      block: (blocked) => this.deeds.block(blocked),
      speak: (id) => this.#speakAs(id),
      leave: () => this.deeds.leave(),
      join: (person) => this.deeds.join(person),
      migrate: async () => {
        const answer = await this.deeds.migrate();
        if (answer) choose(answer.id);
      },
      addBot: () => this.deeds.addBot(),
      removeBot: () => this.deeds.removeBot(),
    };
  }

  #build() {
    this.intro = make("div", { class: "intro", hidden: true });
    this.toasts = make("div", { class: "toasts", role: "status" });
    this.inside = make(
      "div",
      { class: "inside" },
      this.header.element,
      this.intro,
      this.log.element,
      this.header.speakers,
      this.composer.element,
    );
    this.screen = make("div", { class: "screen" }, this.inside, this.toasts, this.lockScreen.element);
    this.badge = make("span", { class: "count", hidden: true });
    this.name = make("span", { id: `name-${this.chat}` });
    const caption = make("h2", { class: "caption" }, this.name, this.badge);
    this.element = make(
      "section",
      { class: "phone", id: `phone-${this.chat}`, "aria-labelledby": `name-${this.chat}` },
      caption,
      this.screen,
    );
    new IntersectionObserver(
      ([{ isIntersecting }]) => {
        this.isOnScreen = isIntersecting;
        this.#lookedAt();
      },
      { threshold: 0.4 },
    ).observe(this.screen);
  }

  /** Show a new state of the phone, as the snapshot has it. `page` has said, now(), people and how many groups. */
  update(phone, page) {
    this.phone = phone;
    this.page = page;
    this.isGroup = phone.kind === "group";
    if (this.isGroup && !phone.members.some(({ id }) => id === this.speaker))
      this.speaker = phone.members[0]?.id ?? null;
    const owner = this.isGroup ? page.people.find(({ id }) => id === this.speaker) : phone.person;
    this.zone = owner?.zone ?? null;
    this.language = this.isGroup ? document.documentElement.lang : phone.person.language;
    this.said = this.isGroup ? page.said : words(this.language);
    this.link = phone.invitation;
    this.name.textContent = this.#caption();
    this.screen.lang = this.language;
    this.#showParts();
    this.tick(page.now());
    this.#showLock();
  }

  #caption() {
    const { phone, page } = this;
    if (!this.isGroup) return page.said.phone_of(phone.person.name);
    return page.groups > 1 ? phone.title : page.said.group_phone;
  }

  #showParts() {
    const { phone, said, language, zone, page } = this;
    const guests = this.isGroup
      ? page.people.filter(({ id }) => !phone.members.some((member) => member.id === id))
      : [];
    this.header.update({ phone, said, language, zone, speaker: this.speaker, guests });
    this.lockScreen.update({
      said,
      language,
      zone,
      title: phone.title,
      id: this.isGroup ? phone.chat : 2,
      group: this.isGroup,
    });
    this.composer.update({ phone, said, language, zone, link: this.link });
    this.log.show(phone.messages, this.#scene());
    this.composer.follow(phone.messages);
    const isIntro = !this.isGroup && !phone.started && phone.about;
    this.intro.hidden = !isIntro;
    this.intro.replaceChildren(
      ...(isIntro ? [make("strong", { text: said.what_can }), make("p", { text: phone.about })] : []),
    );
  }

  get label() {
    return this.isGroup ? this.phone.title : this.phone.person.name;
  }

  get me() {
    return this.isGroup ? this.speaker : this.phone.person.id;
  }

  #scene() {
    const { said, language, zone, me, isGroup: group, deeds, phone } = this;
    return {
      said,
      language,
      zone,
      me,
      group,
      active: group ? me !== null : phone.started && !phone.blocked,
      on: {
        bot: this.page.bot,
        command: (text) => deeds.say(text),
        invitation: (code) => this.#open(code),
      },
      onTap: (message, button, element) => deeds.tap(message, button, element),
      onReply: (message) => this.composer.reply(message),
      onEdit: (message) => this.composer.edit(message),
      onDelete: (message) => deeds.remove(message),
      onJump: (id) => this.log.jump(id),
      onReact: (message, emoji) => deeds.react(message, emoji),
      onVote: (message, options) => deeds.vote(message, options),
    };
  }

  /** Follow a link that opens one's chat with the bot: there, wherever it was tapped. */
  async #open(code) {
    if (await this.deeds.start(code)) choose(this.me);
  }

  #speakAs(id) {
    this.speaker = id;
    this.update(this.phone, this.page);
  }

  /** The clock of the sandbox goes on. */
  tick(now) {
    this.header.tick(now);
    this.lockScreen.tick(now);
  }

  /** A message came, or was edited. */
  put(message) {
    const { messages } = this.phone;
    const index = messages.findIndex(({ id }) => id === message.id);
    if (index >= 0) messages[index] = message;
    else messages.push(message);
    const isNew = this.log.put(message);
    if (message.from.is_bot) this.header.stopTyping();
    this.composer.follow(messages);
    if (message.from.id !== this.me) this.#tell(message, isNew);
  }

  /** Notify the owner, as far as the phone lets anybody see it. */
  #tell(message, isNew) {
    if (this.isLocked) {
      if (!isNew && !this.lockScreen.knows(message.id)) return;
      const line = this.lockScreen.notify(message);
      if (isNew && !message.silent) announce(this.page.said.locked_news(this.label, this.phone.title, line));
    } else if (isNew && this.isOnScreen) {
      announce(this.page.said.news(this.label, message.from.name, preview(message, this.said)));
    }
  }

  remove(id) {
    this.phone.messages = this.phone.messages.filter((message) => message.id !== id);
    this.log.remove(id);
    this.lockScreen.forget(id);
  }

  typing() {
    this.header.typing();
  }

  /** Lock the phone or unlock it; `byHand` moves the focus to where one goes on. */
  lock(locked, byHand = false) {
    this.isLocked = locked;
    if (locked) sessionStorage.setItem(LOCKED + this.chat, "");
    else sessionStorage.removeItem(LOCKED + this.chat);
    this.#showLock();
    if (!locked) this.lockScreen.clear();
    if (!byHand) return;
    const target = locked ? this.lockScreen.button : this.inside.querySelector("[data-key=lock]");
    target.focus({ preventScroll: true });
    this.element.dispatchEvent(new CustomEvent("locked", { bubbles: true }));
  }

  #showLock() {
    this.lockScreen.element.hidden = !this.isLocked;
    this.inside.inert = this.isLocked;
    this.#lookedAt();
  }

  #lookedAt() {
    this.log.inView = Boolean(this.isOnScreen) && !this.isLocked;
  }

  #showUnread(count, onUnread) {
    if (!this.badge || count === this.unread) return;
    this.unread = count;
    this.badge.hidden = !count;
    this.badge.textContent = count;
    this.badge.setAttribute("aria-label", this.page.said.unread(count));
    onUnread(count);
  }

  /** The bot answered a tap. */
  answer({ callback, text, alert, person }) {
    this.deeds.answered(callback);
    if (person === this.me) this.log.acted();
    if (!text || (this.isGroup && person !== this.speaker)) return;
    if (alert) alertBox(text, this);
    else toast(this.toasts, text);
  }
}
