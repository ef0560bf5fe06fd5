// Who is on the page: the menu that adds participants, coordinators, groups and a crowd.

import { post } from "./api.js";
import { icon, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { entry } from "./menus.js";
import { choose } from "./tabs.js";
import { cityOf, readersZone, ZONES } from "./times.js";
import { words } from "./words.js";

const sheet = document.getElementById("people-sheet");
const status = document.getElementById("crowd-status");
const summary = document.querySelector("#people > summary");

const NAMES = {
  en: ["Thandi", "Kofi", "Zainab", "Joseph", "Wanjiru"],
  fr: ["Aïssatou", "Benoît", "Mariam", "Yao", "Nadège"],
};
const GIVEN = 5;

let crowd = { people: 0, actions: 0, quiet: true };
let offer = { participant: false, coordinator: false };
let added = 0;

const language = () => document.documentElement.lang;
const said = () => words(language());

/** Take over what the sandbox says about its crowd. */
export function showCrowd(news) {
  crowd = { ...crowd, ...news };
  status.textContent = crowd.people ? said().crowd_status(crowd.people, crowd.actions) : "";
  status.classList.toggle("active", !crowd.quiet);
  const join = document.getElementById("crowd-join");
  if (join) join.disabled = !crowd.quiet;
}

/** Offer what can be added: `invitations` tells which roles somebody can be invited to. */
export function showPeopleMenu(invitations, hasBot) {
  offer = { participant: hasBot, coordinator: Boolean(invitations.coordinator), group: hasBot };
  const shape = JSON.stringify([offer, crowd.offered, language()]);
  if (sheet.dataset.shape === shape) return;
  sheet.dataset.shape = shape;
  summary.title = said().people;
  summary.setAttribute("aria-label", said().people);
  const entries = [];
  if (offer.participant) entries.push(entry(said().add_participant, () => ask("participant")));
  if (offer.coordinator) entries.push(entry(said().add_coordinator, () => ask("coordinator")));
  if (offer.group) entries.push(entry(said().add_group, () => ask("group")));
  if (crowd.offered) entries.push(entry(said().crowd_join, join, { id: "crowd-join" }));
  sheet.replaceChildren(...entries);
  document.getElementById("people").hidden = !entries.length;
  showCrowd({});
}

async function join() {
  document.getElementById("crowd-join").disabled = true;
  try {
    showCrowd((await post("crowd", { people: 10, seed: (crowd.people ?? 0) + 1 })).crowd);
  } catch (problem) {
    showCrowd({});
    status.textContent = problem.message;
  }
}

function labelled(text, control) {
  return make("label", { class: "field" }, make("span", { text }), control);
}

/** Ask for the particulars of somebody new, or of a group. */
function ask(kind) {
  const fields = kind === "group" ? groupFields() : personFields();
  const problem = make("p", { class: "problem", role: "alert", hidden: true });
  const cancel = make("button", { type: "button", class: "plain", text: said().cancel, onclick: () => dialog.close() });
  const add = make("button", { type: "submit", class: "primary", text: said().add });
  const form = make("form", {}, ...fields.elements, problem, make("div", { class: "dialog-buttons" }, cancel, add));
  const heading = make(
    "h2",
    { id: "dialog-title" },
    icon(kind === "group" ? ICONS.group : ICONS.person),
    said()[`new_${kind}`],
  );
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "dialog-title" }, heading, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await post(kind === "group" ? "demo/group" : "demo/person", fields.body(kind));
      dialog.close();
      if (answer.id) choose(answer.id);
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    summary.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
}

function personFields() {
  const own = language().slice(0, 2);
  const name = make("input", { required: true, maxlength: 64, autocomplete: "off" });
  name.value = NAMES[own][added % GIVEN];
  const tongue = make(
    "select",
    {},
    make("option", { value: "en", text: "English" }),
    make("option", { value: "fr", text: "Français" }),
  );
  tongue.value = own;
  const zone = make("select", {}, ...ZONES.map((id) => make("option", { value: id, text: zoneName(id) })));
  const elements = [labelled(said().name, name), labelled(said().app_speaks, tongue), labelled(said().place, zone)];
  const body = (role) => {
    added += 1;
    return { role, name: name.value.trim(), language: tongue.value, zone: zone.value };
  };
  return { elements, body };
}

function zoneName(id) {
  const city = cityOf(id, language());
  return id === readersZone ? said().here(city) : city;
}

function groupFields() {
  const title = make("input", { required: true, maxlength: 128, autocomplete: "off" });
  const basic = make("input", { type: "checkbox" });
  const tick = make("label", { class: "tick" }, basic, make("span", { text: said().basic_group }));
  const elements = [labelled(said().group_title, title), tick];
  return { elements, body: () => ({ title: title.value.trim(), basic: basic.checked }) };
}
