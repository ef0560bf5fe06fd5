// What can be done with a message: react, reply, and with one's own also edit and delete.

import { icon, iconButton, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { preview } from "./preview.js";

const EMOJI = ["👍", "❤", "👏", "🎉", "🤔", "😢", "🙏", "👎"];
const LONGEST_NAME = 40;

/** The list of the Bot API has "❤" bare, which is drawn as a glyph of text unless U+FE0F asks for the emoji. */
const drawn = (emoji) => (/^\P{Emoji_Presentation}$/u.test(emoji) ? `${emoji}\uFE0F` : emoji);

/** The button beside a bubble; its menu is made when it is first opened, for a chat has hundreds of messages. */
export function actions(message, scene, own) {
  const name = scene.said.actions_of(preview(message, scene.said).slice(0, LONGEST_NAME));
  const button = iconButton(ICONS.smile, name, () => toggle(), {
    class: "round act",
    "aria-expanded": "false",
    "data-key": `act-${message.id}`,
  });
  const box = make("div", { class: "actions" }, button);
  const leave = (event) => {
    if (event.type === "keydown" ? event.key === "Escape" : !box.contains(event.target))
      close(event.type === "keydown");
  };
  const close = (backToButton) => {
    box.querySelector(".action-sheet")?.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("click", leave);
    document.removeEventListener("keydown", leave);
    if (backToButton) button.focus({ preventScroll: true });
  };
  const toggle = () => {
    if (box.querySelector(".action-sheet")) return close(true);
    const sheet = opened(message, scene, own, () => close(true));
    box.append(sheet);
    button.setAttribute("aria-expanded", "true");
    document.addEventListener("click", leave);
    document.addEventListener("keydown", leave);
    sheet.scrollIntoView({ block: "nearest" });
    return sheet.querySelector("button").focus({ preventScroll: true });
  };
  return box;
}

function opened(message, scene, own, close) {
  const { said } = scene;
  const doing = (deed) => () => {
    close();
    deed();
  };
  const faces = EMOJI.map((emoji) =>
    make("button", {
      type: "button",
      class: "face",
      text: drawn(emoji),
      "aria-label": said.react_with(said.emoji[emoji]),
      onclick: doing(() => scene.onReact(message, emoji)),
    }),
  );
  const item = (path, text, deed) => make("button", { type: "button", onclick: doing(deed) }, icon(path), text);
  const entries = [item(ICONS.reply, said.reply, () => scene.onReply(message))];
  if (own && (message.text ?? message.caption)) entries.push(item(ICONS.edit, said.edit, () => scene.onEdit(message)));
  if (own) entries.push(item(ICONS.trash, said.remove, () => scene.onDelete(message)));
  const row = make("div", { class: "faces", role: "group", "aria-label": said.react }, ...faces);
  return make("div", { class: "sheet action-sheet" }, row, ...entries);
}

/** The reactions under a message, each with how many chose it; a click adds one's own or takes it back. */
export function reactions(message, scene) {
  const chips = message.reactions.map(({ emoji, from }) => {
    const mine = from.includes(scene.me);
    const label = said(scene, emoji, from.length);
    const toggle = () => scene.onReact(message, mine ? "" : emoji);
    return make(
      "button",
      {
        type: "button",
        class: "chip",
        "aria-pressed": String(mine),
        "aria-label": label,
        "data-key": `chip-${message.id}-${emoji}`,
        onclick: toggle,
      },
      make("span", { text: drawn(emoji) }),
      make("span", { text: from.length }),
    );
  });
  return make("div", { class: "chips" }, ...chips);
}

function said(scene, emoji, count) {
  return scene.said.reacted(scene.said.emoji[emoji] ?? emoji, count);
}
