// The bar of the clock: what time it is in the sandbox, what comes next, and the buttons that move it.

import { post } from "./api.js";
import { icon } from "./dom.js";
import { ICONS } from "./icons.js";
import { clockTime, momentThere, shortDate } from "./times.js";
import { words } from "./words.js";

const YEAR_IN_A_MINUTE = { play: { days: 365, seconds: 60 } };

const part = (name) => document.getElementById(`clock-${name}`);
const [time, date, coming, progress, status, play, form, target] = [
  "time",
  "date",
  "coming",
  "progress",
  "status",
  "play",
  "form",
  "target",
].map(part);
const buttons = [...document.querySelectorAll(".clock-buttons button[data-move]"), form.querySelector("button")];

let clock = null;
let heardAt = 0;
let movedFrom = null;
let asked = false;
let upcoming = () => null;
const listeners = new Set();

const language = () => document.documentElement.lang;
const said = () => words(language());

/** What time it is in the sandbox. */
export function now() {
  if (!clock) return new Date();
  const running = !clock.frozen && !clock.moving;
  return new Date(Date.parse(clock.now) + (running ? performance.now() - heardAt : 0));
}

/** Have `listener(now)` called whenever the time that is shown may have changed. */
export function onTick(listener) {
  listeners.add(listener);
}

/** `next(instant)` gives title, instant and zone of what is due then (null: of what comes first), or null. */
export function comingFrom(next) {
  upcoming = next;
}

/** Take over what the sandbox says about its clock. */
export function showClock(news) {
  if (news.moving && !clock?.moving) movedFrom = Date.parse(clock?.now ?? news.now);
  clock = news;
  heardAt = performance.now();
  showButtons();
  tick();
}

function showButtons() {
  const busy = clock.moving || asked;
  for (const button of buttons) button.disabled = busy;
  const next = document.getElementById("clock-next");
  next.disabled = busy || !clock.next;
  play.replaceChildren(icon(busy ? ICONS.stop : ICONS.play));
  play.title = busy ? said().stop : said().play_year;
  play.setAttribute("aria-label", play.title);
  progress.hidden = !busy;
  const goal = Date.parse(clock.moving_to ?? "");
  if (busy && goal > movedFrom) progress.value = (Date.parse(clock.now) - movedFrom) / (goal - movedFrom);
  else progress.removeAttribute("value");
}

/** Write date, time and what comes next; each second, and when the clock has news. */
function tick() {
  if (!clock) return;
  const instant = now();
  time.dateTime = instant.toISOString();
  time.textContent = clockTime(instant, language());
  date.textContent = shortDate(instant, language());
  coming.textContent = comingText();
  coming.title = coming.textContent;
  for (const listener of listeners) listener(instant);
}

function comingText() {
  const announced = clock.next ? Date.parse(clock.next) : null;
  const entry = upcoming(announced);
  const title = clock.next_title?.[language().slice(0, 2)] ?? entry?.title;
  const at = announced ?? entry?.at;
  if (!at) return said().no_next;
  return said().coming(title ?? said().next_event, momentThere(at, language(), entry?.zone));
}

/** Show the time and the words anew: the language of the page has changed. */
export function retell() {
  if (!clock) return;
  showButtons();
  tick();
}

/** Move the clock; `body` is that of POST clock. */
export async function move(body) {
  asked = true;
  status.textContent = said().moving;
  showButtons();
  try {
    const result = await post("clock", body);
    status.textContent = said().move_done(result.steps ?? 0);
    asked = false;
    showClock(result);
  } catch (problem) {
    asked = false;
    status.textContent = problem.message;
    showButtons();
  }
}

for (const button of document.querySelectorAll(".clock-buttons button[data-move]")) {
  button.addEventListener("click", () => move(JSON.parse(button.dataset.move)));
}
play.addEventListener("click", () => {
  if (clock?.moving || asked)
    post("clock", { stop: true }).catch((problem) => {
      status.textContent = problem.message;
    });
  else move(YEAR_IN_A_MINUTE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const instant = new Date(target.value);
  if (Number.isNaN(instant.getTime())) return;
  form.closest("details").removeAttribute("open");
  move({ to: instant.toISOString() });
});
form.closest("details").addEventListener("toggle", () => {
  const shifted = new Date(now().getTime() - now().getTimezoneOffset() * 60000);
  target.value ||= shifted.toISOString().slice(0, 16);
});
setInterval(tick, 1000);
