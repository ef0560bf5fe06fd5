// Messages as bubbles: sender, what is replied to, text or file or poll, time, reactions, keyboard; and the separators of days.

import { actions, reactions } from "./actions.js";
import { hue, icon, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { locationCard } from "./location.js";
import { file, photo } from "./media.js";
import { poll } from "./polls.js";
import { isNotice, noticeText } from "./preview.js";
import { moving, sound } from "./recordings.js";
import { formatted } from "./text.js";
import { clockTime, dayIn, longDate } from "./times.js";

/** The day of a message where the phone is, to compare with that of the one before. */
export function dayOf(message, zone) {
  return dayIn(message.date * 1000, zone);
}

export function daySeparator(message, scene) {
  return make(
    "li",
    { class: "day" },
    make("span", { text: longDate(message.date * 1000, scene.language, scene.zone) }),
  );
}

/**
 * The list item of one message. `scene` gives said (words), language, zone, me (id of whose phone it is), group (whether
 * names are shown), active (whether anything can be done), and what to do: on (see text.js), onTap(message, button,
 * element), onReply, onEdit, onDelete, onJump(id), onReact(message, emoji), onVote(message, indexes).
 */
export function bubble(message, scene) {
  if (isNotice(message)) return notice(message, scene);
  const own = message.from.id === scene.me;
  const isWide = message.document || message.voice || message.audio || message.location || message.poll;
  const kind = message.photo || message.video ? " with-photo" : isWide ? " wide" : "";
  const body = make("div", { class: `bubble${kind}` }, sender(message, scene, own));
  if (message.reply_to) body.append(quoted(message.reply_to, scene));
  body.append(...contents(message, scene));
  const line = make("div", { class: "line" }, body);
  if (scene.active) line.append(actions(message, scene, own));
  const item = make("li", { class: `message ${own ? "own" : "other"}`, "data-id": message.id, tabindex: "-1" }, line);
  if (message.reactions?.length) item.append(reactions(message, scene));
  if (message.markup?.inline_keyboard?.length) item.append(keyboard(message, scene));
  return item;
}

function sender(message, scene, own) {
  if (!scene.group || own)
    return make("span", { class: "hidden", text: (own ? scene.said.you : message.from.name) + scene.said.colon });
  const badge = message.from.is_bot ? make("span", { class: "badge", text: scene.said.bot }) : null;
  return make("span", { class: `sender hue-${hue(message.from.id)}` }, message.from.name, badge);
}

function contents(message, scene) {
  const parts = [];
  if (message.photo) parts.push(photo(message, scene));
  if (message.document) parts.push(file(message, scene));
  if (message.voice || message.audio) parts.push(sound(message, scene));
  if (message.video) parts.push(moving(message, scene));
  if (message.location) parts.push(locationCard(message, scene));
  if (message.poll) parts.push(poll(message, scene));
  // The code of an invitation is sent, and not shown, by chat clients.
  const words = (message.text ?? message.caption)?.replace(/^(\/start) \S+$/, "$1");
  const text = make("div", { class: "text" });
  if (words) text.append(formatted(words, message.entities ?? message.caption_entities, scene.on));
  parts.push(make("div", { class: "words" }, words ? text : null, stamp(message, scene)));
  return parts;
}

function notice(message, scene) {
  return make(
    "li",
    { class: "notice", "data-id": message.id },
    make("span", { text: noticeText(message, scene.said) }),
  );
}

function quoted(reply, scene) {
  const jump = () => scene.onJump(reply.id);
  const label = scene.said.jump_to(reply.name);
  return make(
    "button",
    { type: "button", class: "quoted", title: label, onclick: jump },
    make("strong", { text: reply.name }),
    make("span", { text: reply.text || scene.said[reply.kind] }),
  );
}

function stamp(message, scene) {
  const sent = new Date(message.date * 1000);
  const edited = message.edited && !message.from.is_bot ? `${scene.said.edited} ` : "";
  const time = make("time", { datetime: sent.toISOString(), text: clockTime(sent, scene.language, scene.zone) });
  const box = make("span", { class: "stamp" }, edited, time);
  if (message.silent)
    box.prepend(
      make(
        "span",
        { class: "silent", role: "img", "aria-label": scene.said.silent, title: scene.said.silent },
        icon(ICONS.silent),
      ),
    );
  if (message.protected)
    box.prepend(
      make(
        "span",
        { class: "silent", role: "img", "aria-label": scene.said.protected, title: scene.said.protected },
        icon(ICONS.lock),
      ),
    );
  return box;
}

function keyboard(message, scene) {
  const rows = message.markup.inline_keyboard.map((row, y) =>
    make(
      "div",
      { class: "row" },
      ...row.map((button, x) => inlineButton(message, button, scene, `key-${message.id}-${y}-${x}`)),
    ),
  );
  return make("div", { class: "keyboard" }, ...rows);
}

function inlineButton(message, button, scene, key) {
  const style = button.style ? ` style-${button.style}` : "";
  if (button.url) {
    const address = /^(https?|tg):/.test(button.url) ? button.url : `https://${button.url}`;
    return make("a", {
      class: `key link${style}`,
      href: address,
      target: "_blank",
      rel: "noopener noreferrer",
      text: button.text,
      "data-key": key,
    });
  }
  const element = make("button", { type: "button", class: `key${style}`, text: button.text, "data-key": key });
  element.addEventListener("click", () => scene.onTap(message, button, element));
  return element;
}
