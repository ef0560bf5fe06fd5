// The bar of the clock: what time it is in the sandbox, and the buttons that move it.

import { post } from "./api.js";
import { localeOf, words } from "./words.js";

const time = document.getElementById("clock-time");
const date = document.getElementById("clock-date");
const progress = document.getElementById("clock-progress");
const status = document.getElementById("clock-status");
const next = document.getElementById("clock-next");
const buttons = [...document.querySelectorAll(".clock-buttons button")];

let clock = null;
let heardAt = 0;
let movedFrom = null;
let asked = false;

const language = () => document.documentElement.lang;
const locale = () => localeOf(language());

function now() {
  const running = !clock.frozen && !clock.moving;
  return new Date(Date.parse(clock.now) + (running ? performance.now() - heardAt : 0));
}

/** Take over what the sandbox says about its clock. */
export function showClock(news) {
  const moving = news.moving;
  if (moving && !clock?.moving) movedFrom = Date.parse(clock?.now ?? news.now);
  clock = news;
  heardAt = performance.now();
  const busy = moving || asked;
  for (const button of buttons) button.disabled = busy;
  next.disabled = busy || !clock.next;
  const said = words(language());
  next.title = clock.next ? said.next_at(new Date(clock.next).toLocaleString(locale())) : said.no_next;
  progress.hidden = !busy;
  const target = Date.parse(clock.moving_to ?? "");
  if (busy && target > movedFrom) progress.value = (Date.parse(clock.now) - movedFrom) / (target - movedFrom);
  else progress.removeAttribute("value");
  tick();
}

/** Write date and time; also called when the language changes. */
export function tick() {
  if (!clock) return;
  const instant = now();
  time.dateTime = instant.toISOString();
  time.textContent = instant.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
  date.textContent = instant.toLocaleDateString(locale(), { weekday: "short", day: "numeric", month: "long", year: "numeric" });
}

async function move(body) {
  asked = true;
  status.textContent = words(language()).moving;
  showClock(clock);
  try {
    const result = await post("clock", body);
    status.textContent = words(language()).move_done(result.steps);
    asked = false;
    showClock(result);
  } catch (problem) {
    asked = false;
    status.textContent = problem.message;
    showClock(clock);
  }
}

for (const button of buttons) {
  const seconds = Number(button.dataset.advance);
  button.addEventListener("click", () => move(seconds ? { advance: seconds } : { next: true }));
}
setInterval(tick, 1000);
