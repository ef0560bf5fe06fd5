// A text with its entities as elements. Offsets are UTF-16 code units, which is how JavaScript counts as well.

import { make } from "./dom.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const DEEP_LINK = /^https:\/\/t\.me\/(\w+)\?start=([\w-]{1,64})$/;
const SAFE = /^(https?:|mailto:|tel:|tg:)/i;

/**
 * A fragment that shows the text. Of `on`, `command` is called with the text of a command that was tapped, `invitation`
 * with the code of a link that opens the chat with the bot of the name `bot`.
 */
export function formatted(text, entities, on) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return section(text, 0, text.length, sorted, on);
}

function section(text, start, end, entities, on) {
  const fragment = document.createDocumentFragment();
  let position = start;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    rest = others;
    if (to <= from) continue;
    const inside = others.filter((other) => other.offset < to);
    rest = others.filter((other) => other.offset + other.length > to);
    fragment.append(text.slice(position, from));
    const element = wrapper(entity, text.slice(from, to), on);
    element.append(section(text, from, to, inside, on));
    fragment.append(element);
    position = to;
  }
  fragment.append(text.slice(position, end));
  return fragment;
}

function wrapper(entity, covered, on) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, on);
    case "url":
      return link(covered, on);
    case "email":
      return link(`mailto:${covered}`, on);
    case "bot_command":
      return make("button", { type: "button", class: "command-link", onclick: () => on.command(covered) });
    case "spoiler":
      return spoiler();
    default:
      return make(TAGS[entity.type] ?? "span", { class: `entity-${entity.type}` });
  }
}

function link(url, on) {
  const address = SAFE.test(url) ? url : `https://${url}`;
  const [, bot, code] = DEEP_LINK.exec(address) ?? [];
  // What opens a chat here stays here, as it does in a chat client.
  if (bot && bot === on.bot) {
    return make("button", { type: "button", class: "command-link", onclick: () => on.invitation(code) });
  }
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const element = make("span", { class: "spoiler", role: "button", tabindex: "0" });
  const reveal = () => element.classList.add("revealed");
  element.addEventListener("click", reveal);
  element.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
  return element;
}
