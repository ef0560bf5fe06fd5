// In a narrow window one phone is shown at a time: tabs with a count of what is unread, and a swipe from one to the next.

import { make } from "./dom.js";
import { words } from "./words.js";

const KEY = "sandbox-phone";
const SWIPE = 70;

const list = document.getElementById("tabs");
const shelf = document.getElementById("phones");
const narrow = matchMedia("(max-width: 960px)");

let phones = new Map();
let chosen = sessionStorage.getItem(KEY);

/** Show a tab for each phone; `shown` maps ids of chats to phones, in their order. */
export function showTabs(shown) {
  phones = shown;
  const had = list.contains(document.activeElement);
  if (!phones.has(Number(chosen))) chosen = String(first() ?? "");
  list.hidden = phones.size < 2;
  list.replaceChildren(...[...phones].map(([chat, phone]) => tab(chat, phone)));
  choose(chosen, had);
  for (const [chat, phone] of phones) showUnread(chat, phone.unread);
}

/** The phone to begin with: one whose owner reads the language of the page, if there is one. */
function first() {
  const language = document.documentElement.lang.slice(0, 2);
  const chats = [...phones.keys()];
  return chats.find((chat) => phones.get(chat).phone.person?.language === language) ?? chats[0];
}

function tab(chat, phone) {
  const count = make("span", { class: "count", hidden: true });
  const name = make("span", { class: "tab-name", text: phone.label });
  const button = make(
    "button",
    { type: "button", role: "tab", id: `tab-${chat}`, "aria-controls": `phone-${chat}` },
    name,
    count,
  );
  button.addEventListener("click", () => choose(String(chat)));
  return button;
}

/** Bring one phone to the front. */
export function choose(chat, focus = false) {
  chosen = String(chat);
  sessionStorage.setItem(KEY, chosen);
  if (!phones.has(Number(chosen))) return; // it is new, and the snapshot that brings it is under way
  for (const [id, phone] of phones) {
    const selected = String(id) === chosen;
    phone.element.classList.toggle("chosen", selected);
    const button = document.getElementById(`tab-${id}`);
    button?.setAttribute("aria-selected", String(selected));
    button?.setAttribute("tabindex", selected ? "0" : "-1");
    if (selected) button?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (selected && focus) button?.focus({ preventScroll: true });
  }
}

/** Write how many messages wait on a phone. */
export function showUnread(chat, count) {
  const badge = document.querySelector(`#tab-${CSS.escape(chat)} .count`);
  if (!badge) return;
  badge.hidden = !count;
  badge.textContent = count;
  badge.setAttribute("aria-label", words(document.documentElement.lang).unread(count));
}

function step(by, focus) {
  const ids = [...phones.keys()].map(String);
  const index = ids.indexOf(chosen) + by;
  if (index >= 0 && index < ids.length) choose(ids[index], focus);
}

function setRoles() {
  for (const phone of phones.values()) phone.element.setAttribute("role", narrow.matches ? "tabpanel" : "region");
}

list.addEventListener("keydown", (event) => {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  step(by, true);
});

let from = null;
shelf.addEventListener(
  "touchstart",
  ({ touches }) => {
    from = touches.length === 1 ? touches[0] : null;
  },
  { passive: true },
);
shelf.addEventListener(
  "touchend",
  ({ changedTouches: [to] }) => {
    if (!from || !narrow.matches) return;
    const [across, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
    if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) step(across < 0 ? 1 : -1, false);
  },
  { passive: true },
);
narrow.addEventListener("change", setRoles);
new MutationObserver(setRoles).observe(shelf, { childList: true });
