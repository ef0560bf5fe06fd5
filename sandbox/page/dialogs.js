// Dialogs that ask for something: a heading, fields, and two buttons below them.

import { icon, make } from "./dom.js";

/** A field with its name above it. */
export function labelled(text, control) {
  return make("label", { class: "field" }, make("span", { text }), control);
}

/**
 * Open a dialog. `heading` has the pictogram `path` before it; `elements` are what is asked; `accept` names the deed,
 * `cancel` the way out. `onAccept()` may throw, which is said in the dialog; `onClose()` puts the focus back.
 */
export function ask({ heading, path, elements, accept, cancel, language, onAccept, onClose }) {
  const problem = make("p", { class: "problem", role: "alert", hidden: true });
  const out = make("button", { type: "button", class: "plain", text: cancel, onclick: () => dialog.close() });
  const go = make("button", { type: "submit", class: "primary", text: accept });
  const form = make("form", {}, ...elements, problem, make("div", { class: "dialog-buttons" }, out, go));
  const title = make("h2", { id: "dialog-title" }, icon(path), heading);
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "dialog-title", lang: language }, title, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await onAccept();
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  document.body.append(dialog);
  dialog.showModal();
}
