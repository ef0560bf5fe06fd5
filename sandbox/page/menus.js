// Menus that open under a button: the browser's own disclosure, which keyboards and screen readers know.

import { icon, make } from "./dom.js";

/** A menu behind a round button; `sheet` is what opens. */
export function menu(path, label, sheet, kind = "", key = "menu") {
  const summary = make("summary", { class: "round", "aria-label": label, title: label, "data-key": key }, icon(path));
  return make("details", { class: `menu ${kind}` }, summary, sheet);
}

/** An entry of a menu: it closes the menu and does its deed. */
export function entry(text, deed, properties = {}) {
  const button = make("button", { type: "button", text, ...properties });
  button.addEventListener("click", () => {
    const owner = button.closest("details.menu");
    owner?.removeAttribute("open");
    owner?.querySelector("summary").focus({ preventScroll: true });
    deed();
  });
  return button;
}

function close(owner) {
  const hadFocus = owner.contains(document.activeElement);
  owner.removeAttribute("open");
  if (hadFocus) owner.querySelector("summary").focus({ preventScroll: true });
}

// A menu closes when anything outside it is touched, and by Escape; only one is open at a time.
document.addEventListener("click", (event) => {
  for (const owner of document.querySelectorAll("details.menu[open]")) {
    if (!owner.contains(event.target)) owner.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const owner of document.querySelectorAll("details.menu[open]")) close(owner);
});
