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
const SAFE = /^(https?:|mailto:|tel:|tg:)/i;

/** A fragment that shows the text; `onCommand` is called with the text of a command that was tapped. */
export function formatted(text, entities, onCommand) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return section(text, 0, text.length, sorted, onCommand);
}

function section(text, start, end, entities, onCommand) {
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
    const element = wrapper(entity, text.slice(from, to), onCommand);
    element.append(section(text, from, to, inside, onCommand));
    fragment.append(element);
    position = to;
  }
  fragment.append(text.slice(position, end));
  return fragment;
}

function wrapper(entity, covered, onCommand) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url);
    case "url":
      return link(covered);
    case "email":
      return link(`mailto:${covered}`);
    case "bot_command":
      return make("button", { type: "button", class: "command-link", onclick: () => onCommand(covered) });
    case "spoiler":
      return spoiler();
    default:
      return make(TAGS[entity.type] ?? "span", { class: `entity-${entity.type}` });
  }
}

function link(url) {
  const address = SAFE.test(url) ? url : `https://${url}`;
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const element = make("span", { class: "spoiler", role: "button", tabindex: "0" });
  const reveal = () => element.classList.add("revealed");
  element.addEventListener("click", reveal);
  element.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
  return element;
}
