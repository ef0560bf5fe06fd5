// What passes over a phone: a line that goes by itself, or a box that waits until it is read.

import { make } from "./dom.js";

const SHOWN_FOR = 4000;

/** Show a line for some seconds. */
export function toast(place, text) {
  const line = make("p", { class: "toast", text });
  place.append(line);
  setTimeout(() => line.remove(), SHOWN_FOR);
}

/** Show a text that the owner of the phone has to acknowledge. */
export function alertBox(text, { said, language, phone }) {
  const close = make("button", { type: "button", class: "primary", text: said.ok });
  const dialog = make(
    "dialog",
    { class: "alert", lang: language, "aria-label": phone.title },
    make("p", { text }),
    close,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
