// Faults on demand: what can go wrong between a bot and the platform, to be shown while somebody watches.

import { post } from "./api.js";
import { announce, make } from "./dom.js";
import { words } from "./words.js";

// Each fault strikes often enough to be seen and seldom enough that the talk goes on.
const OFFERED = [
  { kind: "lost_answer", share: 0.3 },
  { kind: "cut", share: 0.3 },
  { kind: "server_error", share: 0.3 },
  { kind: "slow", share: 0.5, seconds: 3 },
  { kind: "storm", times: 5, seconds: 3 },
  { kind: "duplicate", share: 0.5 },
  { kind: "reorder", share: 0.5 },
];

const owner = document.getElementById("faults");
const sheet = document.getElementById("faults-sheet");
let present = null;

/** Take over which faults are on; null where the sandbox has none to offer. */
export function showFaults(faults = present) {
  present = faults;
  owner.hidden = faults === null;
  if (owner.hidden) return;
  const said = words(document.documentElement.lang);
  const summary = owner.querySelector("summary");
  const on = present.length;
  summary.title = on ? said.faults_on(on) : said.faults;
  summary.setAttribute("aria-label", summary.title);
  summary.classList.toggle("alarmed", on > 0);
  if (!sheet.childElementCount || sheet.lang !== document.documentElement.lang) build(said);
  for (const box of sheet.querySelectorAll("input")) {
    const fault = present.find(({ kind }) => kind === box.value);
    box.checked = Boolean(fault);
    box.parentElement.querySelector(".struck").textContent = fault?.struck ? said.struck(fault.struck) : "";
  }
}

function build(said) {
  sheet.lang = document.documentElement.lang;
  const rows = OFFERED.map(({ kind }) => {
    const box = make("input", { type: "checkbox", value: kind });
    box.addEventListener("change", change);
    return make(
      "label",
      { class: "tick" },
      box,
      make("span", { text: said.fault[kind] }),
      make("small", { class: "struck" }),
    );
  });
  sheet.replaceChildren(make("p", { class: "sheet-note", text: said.faults_note }), ...rows);
}

async function change() {
  const wanted = new Set([...sheet.querySelectorAll("input:checked")].map(({ value }) => value));
  try {
    await post("faults", { faults: OFFERED.filter(({ kind }) => wanted.has(kind)) });
  } catch (problem) {
    announce(problem.message);
    showFaults();
  }
}
