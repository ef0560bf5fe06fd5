// The calendar strip: what a bot plans, sent and held back, week by week over the whole year, for the phones on the page.

import { mark, showWeek } from "./calendar_list.js";
import { now, onTick } from "./clock.js";
import { keepingFocus, make } from "./dom.js";
import { MARKS } from "./icons.js";
import { dayIn, fullDate, monthName, readersZone } from "./times.js";
import { words } from "./words.js";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const MOST_WEEKS = 110;
const MOST_MARKS = 6;

const box = document.getElementById("calendar");
const strip = document.getElementById("weeks");
const filter = document.getElementById("calendar-filter");
const legend = document.getElementById("calendar-legend");
const toggle = document.getElementById("calendar-toggle");

// Where there is room for one phone only, the calendar waits until it is asked for.
if (matchMedia("(max-width: 960px)").matches) toggle.setAttribute("aria-expanded", "false");

const entries = new Map();
let phones = new Map();
let opened = null;
let focused = null;
let drawn = 0;

const language = () => document.documentElement.lang;
const said = () => words(language());

/** Take over what the bot has told: all of it, or with `changedOnly` what is new. */
export function showCalendar(news, changedOnly = false) {
  if (!changedOnly) entries.clear();
  for (const entry of news) entries.set(entry.id, entry);
  redraw();
}

/** Take over whose phones there are; `shown` maps ids of chats to phones. */
export function calendarFor(shown) {
  phones = shown;
  redraw();
}

/** What comes next for the phones on the page, or is due just at `instant`: its title, its instant, and its zone. */
export function nextEntry(instant = null) {
  const due = [...entries.values()].flatMap((entry) =>
    dueAt(entry) ? [{ at: Date.parse(dueAt(entry)), title: entry.title[language()], zone: zoneOf(entry) }] : [],
  );
  const wanted = instant === null ? due : due.filter(({ at }) => at === instant);
  return wanted.sort((a, b) => a.at - b.at)[0] ?? null;
}

function dueAt({ state, at, moved_to: moved }) {
  if (state === "held") return moved;
  return state === "planned" ? at : null;
}

/** Draw at the next occasion, once for many changes. */
function redraw() {
  if (drawn) return;
  drawn = requestAnimationFrame(() => {
    drawn = 0;
    draw();
  });
}

function zoneOf(entry) {
  return phones.get(entry.chat)?.zone ?? readersZone;
}

/** The Monday of the week of a local day, as the number of its milliseconds. */
function weekOf(day) {
  const midnight = Date.parse(`${day}T00:00Z`);
  return midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY;
}

function draw() {
  toggle.hidden = !entries.size;
  box.hidden = !entries.size || toggle.getAttribute("aria-expanded") !== "true";
  if (box.hidden) return;
  drawFilter();
  drawLegend();
  const chosen = filter.value ? Number(filter.value) : null;
  const weeks = sorted([...entries.values()].filter(({ chat }) => chosen === null || chat === chosen));
  const present = weekOf(dayIn(now(), readersZone));
  const starts = [...weeks.keys(), present].sort((a, b) => a - b);
  const buttons = [];
  for (let week = starts[0]; week <= starts.at(-1) && buttons.length < MOST_WEEKS; week += WEEK) {
    buttons.push(column(week, weeks.get(week) ?? [], present, buttons.length === 0));
  }
  const isFirst = !strip.childElementCount;
  keepingFocus(strip, () => strip.replaceChildren(...buttons));
  rove(buttons);
  follow(present, isFirst);
  if (opened === null) return;
  const button = strip.querySelector(`[data-week="${opened}"]`);
  const place = button ? button.getBoundingClientRect().left : 0;
  showWeek({ week: opened, entries: weeks.get(opened) ?? [], phones, zoneOf, close, place });
}

function sorted(wanted) {
  const weeks = new Map();
  for (const entry of wanted) {
    const week = weekOf(dayIn(Date.parse(entry.at), zoneOf(entry)));
    if (!weeks.has(week)) weeks.set(week, []);
    weeks.get(week).push(entry);
  }
  for (const each of weeks.values()) each.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return weeks;
}

function column(week, its, present, isFirst) {
  const counts = Object.keys(MARKS).flatMap((state) => {
    const count = its.filter((entry) => entry.state === state).length;
    return count ? [`${count} ${said().state[state](count)}`] : [];
  });
  const label = said().week_of(fullDate(week, language()), counts.join(", "));
  const newMonth = isFirst || new Date(week).getUTCDate() <= 7;
  const month = make("span", {
    class: "month",
    "aria-hidden": "true",
    text: newMonth ? monthName(week, language()) : "",
  });
  const day = make("span", { class: "week-day", "aria-hidden": "true", text: new Date(week).getUTCDate() });
  const marks = make(
    "span",
    { class: "marks", "aria-hidden": "true" },
    ...its.slice(0, its.length > MOST_MARKS ? MOST_MARKS - 1 : MOST_MARKS).map(mark),
  );
  if (its.length > MOST_MARKS) marks.append(make("small", { text: `+${its.length - MOST_MARKS + 1}` }));
  const time = week < present ? " past" : week === present ? " present" : "";
  const button = make(
    "button",
    {
      type: "button",
      class: `week${time}`,
      "data-key": `week-${week}`,
      "data-week": week,
      "aria-label": label,
      "aria-expanded": String(opened === week),
      "aria-current": week === present ? "date" : null,
    },
    month,
    marks,
    day,
  );
  button.addEventListener("click", () => open(opened === week ? null : week));
  return button;
}

function open(week) {
  opened = week;
  if (week === null) showWeek(null);
  draw();
}

function close() {
  const button = strip.querySelector(`[data-week="${opened}"]`);
  open(null);
  strip.querySelector(`[data-key="${button?.dataset.key}"]`)?.focus();
}

/** One stop of the Tab key for the whole strip; arrows go on from there. */
function rove(buttons) {
  const here =
    buttons.find((button) => button.dataset.week === focused) ??
    buttons.find((button) => button.classList.contains("present")) ??
    buttons[0];
  for (const button of buttons) button.tabIndex = button === here ? 0 : -1;
}

function follow(present, isFirst) {
  if (strip.dataset.present === String(present) && !isFirst) return;
  strip.dataset.present = present;
  const button = strip.querySelector(".present");
  const calm = isFirst || matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (button)
    strip.scrollTo({ left: button.offsetLeft - strip.clientWidth / 3, behavior: calm ? "instant" : "smooth" });
}

function drawFilter() {
  const shape = JSON.stringify([language(), [...phones].map(([chat, phone]) => [chat, phone.label])]);
  if (filter.dataset.shape === shape) return;
  filter.dataset.shape = shape;
  const { value } = filter;
  const each = [...phones].map(([chat, phone]) => make("option", { value: chat, text: phone.label }));
  filter.replaceChildren(make("option", { value: "", text: said().all_phones }), ...each);
  filter.value = [...filter.options].some((option) => option.value === value) ? value : "";
}

function drawLegend() {
  if (legend.lang === language()) return;
  legend.lang = language();
  legend.replaceChildren(...Object.keys(MARKS).map((state) => make("li", {}, mark({ state }), said().state[state](1))));
}

// The present moves on with the clock.
onTick((instant) => {
  if (strip.dataset.present && strip.dataset.present !== String(weekOf(dayIn(instant, readersZone)))) redraw();
});
strip.addEventListener("keydown", (event) => {
  const buttons = [...strip.children];
  const index = buttons.indexOf(document.activeElement);
  const goal = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (index < 0 || !buttons[goal]) return;
  event.preventDefault();
  focused = buttons[goal].dataset.week;
  rove(buttons);
  buttons[goal].focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened !== null && box.contains(document.activeElement)) close();
});
filter.addEventListener("change", draw);
toggle.addEventListener("click", () => {
  toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
  draw();
});
