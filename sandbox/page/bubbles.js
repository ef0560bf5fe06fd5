// Messages as bubbles: text, sender, time, keyboard, service notices and the separators between days.

import { hue, icon, ICONS, make } from "./dom.js";
import { formatted } from "./text.js";
import { localeOf } from "./words.js";

/** The day of a message in the reader's time zone, to compare with that of the one before. */
export function dayOf(message) {
  return new Date(message.date * 1000).toDateString();
}

export function daySeparator(message, language) {
  const day = new Date(message.date * 1000);
  const text = day.toLocaleDateString(localeOf(language), { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return make("li", { class: "day" }, make("span", { text }));
}

/**
 * The list item of one message. `scene` gives said (words), language, me (id of whose phone it is), group (whether names
 * are shown), onCommand(text), onTap(message, button, element), onReply(message).
 */
export function bubble(message, scene) {
  if (message.new_chat_members || message.left_chat_member) return notice(message, scene);
  const own = message.from.id === scene.me;
  const body = make("div", { class: "bubble" });
  if (scene.group && !own) {
    body.append(make("span", { class: `sender hue-${hue(message.from.id)}`, text: message.from.name }));
    if (message.from.is_bot) body.lastChild.append(make("span", { class: "badge", text: scene.said.bot }));
  } else {
    body.append(make("span", { class: "hidden", text: `${own ? scene.said.you : message.from.name}: ` }));
  }
  if (message.reply_to) body.append(quoted(message.reply_to));
  const text = make("div", { class: "text" });
  text.append(formatted(message.text ?? "", message.entities, scene.onCommand));
  body.append(text, stamp(message, scene));
  if (scene.group && !own) body.append(replyButton(message, scene));
  const item = make("li", { class: `message ${own ? "own" : "other"}`, "data-id": message.id }, body);
  if (message.markup?.inline_keyboard) item.append(keyboard(message, scene));
  return item;
}

function notice(message, scene) {
  const joined = message.new_chat_members?.map((member) => member.first_name).join(", ");
  const text = joined ? scene.said.joined(joined) : scene.said.left(message.left_chat_member.first_name);
  return make("li", { class: "notice", "data-id": message.id }, make("span", { text }));
}

function quoted(reply) {
  return make("div", { class: "quoted" }, make("strong", { text: reply.name }), make("span", { text: reply.text }));
}

function stamp(message, scene) {
  const sent = new Date(message.date * 1000);
  const time = sent.toLocaleTimeString(localeOf(scene.language), { hour: "2-digit", minute: "2-digit" });
  return make("time", { class: "stamp", datetime: sent.toISOString(), text: time });
}

function replyButton(message, scene) {
  const label = scene.said.replying(message.from.name);
  const button = make("button", { type: "button", class: "reply", "aria-label": label, title: scene.said.reply });
  button.append(icon(ICONS.reply));
  button.addEventListener("click", () => scene.onReply(message));
  return button;
}

function keyboard(message, scene) {
  const rows = message.markup.inline_keyboard.map((row) =>
    make("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, scene))),
  );
  return make("div", { class: "keyboard" }, ...rows);
}

function inlineButton(message, button, scene) {
  const style = button.style ? ` style-${button.style}` : "";
  if (button.url) {
    const address = /^(https?|tg):/.test(button.url) ? button.url : `https://${button.url}`;
    return make("a", { class: `key link${style}`, href: address, target: "_blank", rel: "noopener noreferrer", text: button.text });
  }
  const element = make("button", { type: "button", class: `key${style}`, text: button.text });
  element.addEventListener("click", () => scene.onTap(message, button, element));
  return element;
}
