// A photo or a document that is about to be sent: chosen, shown small, and put into a form.

import { icon, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { size } from "./media.js";
import { entry, menu } from "./menus.js";

const THUMBNAIL = 44;

/** The paper clip; `onChosen({kind, file})` is called with what was picked. */
export function paperClip(said, onChosen) {
  const photo = picker("photo", "image/*", onChosen);
  const document = picker("document", null, onChosen);
  const sheet = make(
    "div",
    { class: "sheet" },
    entry(said.photo, () => photo.click(), { "data-key": "attach-photo" }),
    entry(said.document, () => document.click(), { "data-key": "attach-document" }),
  );
  return make("span", { class: "clip" }, menu(ICONS.clip, said.attach, sheet, "upward", "attach"), photo, document);
}

function picker(kind, accept, onChosen) {
  const input = make("input", { type: "file", accept, hidden: true, "data-kind": kind });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) onChosen({ kind, file });
    input.value = "";
  });
  return input;
}

/** What was picked, as the bar above the input shows it. */
export function pending({ kind, file }, language) {
  const picture = kind === "photo" ? thumbnail(file) : icon(ICONS.file);
  return make(
    "span",
    { class: "pending" },
    picture,
    make("strong", { text: file.name }),
    ` ${size(file.size, language)}`,
  );
}

/** Drawn on a canvas: the page may not show pictures that do not come from the sandbox. */
function thumbnail(file) {
  const canvas = make("canvas", { width: THUMBNAIL, height: THUMBNAIL, "aria-hidden": "true" });
  const draw = (bitmap) => {
    const scale = THUMBNAIL / Math.min(bitmap.width, bitmap.height);
    const [width, height] = [bitmap.width * scale, bitmap.height * scale];
    canvas.getContext("2d").drawImage(bitmap, (THUMBNAIL - width) / 2, (THUMBNAIL - height) / 2, width, height);
  };
  createImageBitmap(file).then(draw, () => canvas.replaceWith(icon(ICONS.photo)));
  return canvas;
}
