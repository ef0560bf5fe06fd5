// Photos and documents in a bubble, and the photo large.

import { icon, iconButton, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { localeOf } from "./words.js";

/** "34 kB" */
export function size(bytes, language) {
  const [value, unit] =
    bytes < 1000 ? [bytes, "byte"] : bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const digits = value < 10 && unit !== "byte" ? 1 : 0;
  return value.toLocaleString(localeOf(language), {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: digits,
  });
}

/** A photo that is enlarged by a click; its size is known before it is loaded, so that nothing jumps. */
export function photo(message, scene) {
  const { url, width, height } = message.photo;
  const label = [scene.said.photo, message.caption, scene.said.enlarge].filter(Boolean).join(", ");
  const picture = make("img", { src: url, width, height, alt: "", decoding: "async" });
  const open = () => enlarge(message, scene);
  return make(
    "button",
    { type: "button", class: "photo", "aria-label": label, "data-key": `photo-${message.id}`, onclick: open },
    picture,
  );
}

function enlarge(message, scene) {
  const { url, width, height } = message.photo;
  const close = iconButton(ICONS.close, scene.said.close, () => dialog.close());
  const picture = make("img", { src: url, width, height, alt: message.caption ?? scene.said.photo });
  const caption = message.caption ? make("p", { text: message.caption }) : null;
  const dialog = make(
    "dialog",
    { class: "viewer", "aria-label": scene.said.photo, lang: scene.language },
    picture,
    caption,
    close,
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

/** A document: its kind, name and size; a click downloads it. */
export function file(message, scene) {
  const { url, name, size: bytes } = message.document;
  const kind = name.includes(".") ? name.split(".").at(-1).slice(0, 4).toUpperCase() : "";
  const about = make(
    "span",
    { class: "file-about" },
    make("strong", { text: name }),
    make("span", { text: size(bytes, scene.language) }),
  );
  const badge = make("span", { class: "file-kind", "aria-hidden": "true" }, kind || icon(ICONS.file));
  const label = `${scene.said.document}, ${name}, ${size(bytes, scene.language)}, ${scene.said.download}`;
  return make(
    "a",
    { class: "file", href: url, download: name, "aria-label": label, "data-key": `file-${message.id}` },
    badge,
    about,
  );
}
