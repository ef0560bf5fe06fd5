// Who is on the page: the menu that adds participants, coordinators, groups and a crowd.

import { post } from "./api.js";
import { ask, labelled } from "./dialogs.js";
import { make } from "./dom.js";
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
  if (offer.participant) entries.push(entry(said().add_participant, () => askFor("participant")));
  if (offer.coordinator) entries.push(entry(said().add_coordinator, () => askFor("coordinator")));
  if (offer.group) entries.push(entry(said().add_group, () => askFor("group")));
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

/** Ask for the particulars of somebody new, or of a group. */
function askFor(kind) {
  const fields = kind === "group" ? groupFields() : personFields();
  ask({
    heading: said()[`new_${kind}`],
    path: kind === "group" ? ICONS.group : ICONS.person,
    elements: fields.elements,
    accept: said().add,
    cancel: said().cancel,
    language: language(),
    onAccept: async () => {
      const answer = await post(kind === "group" ? "demo/group" : "demo/person", fields.body(kind));
      if (answer.id) choose(answer.id);
    },
    onClose: () => summary.focus({ preventScroll: true }),
  });
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
