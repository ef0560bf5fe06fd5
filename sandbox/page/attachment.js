// A photo, a recording or another file that is about to be sent: chosen, shown small, and put into a form.

import { icon, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { size } from "./media.js";
import { entry, menu } from "./menus.js";

const THUMBNAIL = 44;

/** What a file can be sent as, by the first half of its media type. */
const KINDS = {
  image: ["photo", "document"],
  audio: ["voice", "audio", "document"],
  video: ["video", "document"],
};
const PICTOGRAMS = { photo: "photo", voice: "microphone", audio: "note", video: "film", document: "file" };

/** The paper clip; `onChosen({kind, kinds, file})` is called with what was picked, `onLocation()` for a place. */
export function paperClip(said, onChosen, onLocation) {
  const pictures = picker("picture", "image/*,video/*", onChosen);
  const voice = picker("voice", "audio/*", onChosen);
  const document = picker("document", null, onChosen);
  const item = (path, text, deed, key) => {
    const button = entry("", deed, { "data-key": key });
    button.append(icon(path), text);
    return button;
  };
  const sheet = make(
    "div",
    { class: "sheet" },
    item(ICONS.photo, said.photo_or_video, () => pictures.click(), "attach-picture"),
    item(ICONS.microphone, said.voice, () => voice.click(), "attach-voice"),
    item(ICONS.file, said.document, () => document.click(), "attach-document"),
    item(ICONS.pin, said.location, onLocation, "attach-location"),
  );
  const clip = menu(ICONS.clip, said.attach, sheet, "upward", "attach");
  return make("span", { class: "clip" }, clip, pictures, voice, document);
}

function picker(entered, accept, onChosen) {
  const input = make("input", { type: "file", accept, hidden: true, "data-kind": entered });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) onChosen({ ...kindsOf(file, entered), file });
    input.value = "";
  });
  return input;
}

/** What the file can be sent as, and what it is sent as unless somebody says otherwise. */
function kindsOf(file, entered) {
  const kinds = KINDS[file.type.split("/")[0]] ?? ["document"];
  if (entered !== "document") return { kinds, kind: kinds[0] };
  // Whoever picks a picture as a file wants it whole; a sound that is picked so is rarely one's own voice.
  return { kinds, kind: kinds.includes("photo") ? "document" : (kinds.at(-2) ?? "document") };
}

/** What was picked, as the bar above the input shows it; what it is sent as can be chosen where there is a choice. */
export function pending(attachment, said, language) {
  const { file, kinds } = attachment;
  const picture = make("span", { class: "pending-picture" });
  const draw = () =>
    picture.replaceChildren(attachment.kind === "photo" ? thumbnail(file) : icon(ICONS[PICTOGRAMS[attachment.kind]]));
  draw();
  const name = make("strong", { text: file.name });
  const about = make("span", { class: "pending-about" }, name, ` ${size(file.size, language)}`);
  if (kinds.length > 1) {
    const options = kinds.map((kind) => make("option", { value: kind, text: said[kind] }));
    const named = { "aria-label": said.send_as, title: said.send_as, "data-key": "send-as" };
    const choice = make("select", named, ...options);
    choice.value = attachment.kind;
    choice.addEventListener("change", () => {
      attachment.kind = choice.value;
      draw();
    });
    about.append(choice);
  }
  return make("span", { class: "pending" }, picture, about);
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
