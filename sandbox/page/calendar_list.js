// One week of the calendar in words: what, for whom, when where they are, and what became of it and why.

import { move } from "./clock.js";
import { icon, iconButton, keepingFocus, make } from "./dom.js";
import { ICONS, MARKS } from "./icons.js";
import { fullDate, moment, momentThere } from "./times.js";
import { words } from "./words.js";

const EDGE = 8;
const panel = document.getElementById("week-list");

const language = () => document.documentElement.lang;

/** The sign of what became of an entry. */
export function mark(entry) {
  const sign = icon(MARKS[entry.state] ?? MARKS.planned);
  sign.classList.add("mark", `mark-${entry.state}`);
  return sign;
}

/** Show the entries of a week, or nothing. */
export function showWeek(shown) {
  panel.hidden = !shown;
  if (!shown) return;
  const said = words(language());
  const head = make(
    "div",
    { class: "week-head" },
    make("h3", { text: said.week_title(fullDate(shown.week, language())) }),
    iconButton(ICONS.close, said.close, shown.close, { "data-key": "close-week" }),
  );
  const list = make("ul", {}, ...shown.entries.map((entry) => row(entry, shown, said)));
  const body = shown.entries.length ? list : make("p", { text: said.nothing_planned });
  const room = document.documentElement.clientWidth - panel.offsetWidth - EDGE;
  panel.style.left = `${Math.max(EDGE, Math.min(shown.place, room))}px`;
  keepingFocus(
    panel,
    () => panel.replaceChildren(head, body),
    () => panel.querySelector("button"),
  );
}

function row(entry, { phones, zoneOf }, said) {
  const zone = zoneOf(entry);
  const whom = phones.get(entry.chat)?.label ?? said.everybody;
  const when = momentThere(Date.parse(entry.at), language(), zone);
  // A reason says what became of it as well.
  const state = entry.reason?.[language()] ?? said.state[entry.state]?.(1) ?? entry.state;
  const moved = entry.moved_to
    ? make("span", { class: "moved", text: said.moved_to(moment(Date.parse(entry.moved_to), language(), zone)) })
    : null;
  const what = make(
    "div",
    { class: "entry-words" },
    make("strong", { text: entry.title[language()] }),
    make("span", { text: `${whom} · ${when}` }),
    make("span", { class: `state-${entry.state}`, text: state }),
    moved,
  );
  return make("li", {}, mark(entry), what, goThere(entry, said));
}

/** What is still to come can be gone to. */
function goThere(entry, said) {
  const at = entry.state === "held" ? entry.moved_to : entry.at;
  if (!["planned", "held"].includes(entry.state) || !at) return null;
  const label = said.go_to(entry.title[language()]);
  return make("button", {
    type: "button",
    class: "plain",
    text: said.go,
    "aria-label": label,
    "data-key": `go-${entry.id}`,
    onclick: () => move({ to: at }),
  });
}
