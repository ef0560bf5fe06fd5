// Scenes that play themselves: the menu of their names, and the caption of the step that is being played.

import { post } from "./api.js";
import { announce, icon, keepingFocus, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { entry } from "./menus.js";
import { words } from "./words.js";

const owner = document.getElementById("scenes");
const sheet = document.getElementById("scenes-sheet");
const bar = document.getElementById("scene-bar");

// How long the last caption stays when the scene is over.
const SHOWN_AFTER = 8000;

let state = { scenes: [], playing: null, step: 0, caption: null };
let spoken = "";
let timer = 0;

const language = () => document.documentElement.lang.slice(0, 2);
const said = () => words(language());

/** Whether a scene plays: then the page follows what happens. */
export function isPlaying() {
  return Boolean(state.playing);
}

/** Take over what the sandbox says about its scenes. */
export function showScenes(news) {
  state = { ...state, ...news };
  clearTimeout(timer);
  if (!state.playing && state.caption) timer = setTimeout(() => showScenes({ caption: null }), SHOWN_AFTER);
  owner.hidden = !state.scenes.length;
  const summary = owner.querySelector("summary");
  summary.title = said().scenes;
  summary.setAttribute("aria-label", said().scenes);
  keepingFocus(
    sheet,
    () => sheet.replaceChildren(...state.scenes.map(offered)),
    () => summary,
  );
  showBar();
}

function offered(scene) {
  const button = entry("", () => command(`scenes/${scene.id}/play`), {
    class: "scene",
    disabled: isPlaying(),
    "data-key": scene.id,
  });
  button.append(make("strong", { text: scene.name[language()] }), make("span", { text: scene.about[language()] }));
  return button;
}

function showBar() {
  const scene = state.scenes.find(({ id }) => id === state.playing);
  const caption = state.caption?.[language()] ?? "";
  bar.hidden = !scene && !caption;
  if (bar.hidden) return;
  const name = scene
    ? make("span", { class: "scene-name", text: said().scene_step(scene.name[language()], state.step, scene.steps) })
    : null;
  const text = make("p", { class: "scene-caption" }, name, make("strong", { text: caption }));
  if (caption && caption !== spoken) announce(caption);
  spoken = caption;
  const label = scene ? said().scene_stop : said().close;
  const end = () => (scene ? command("scenes/stop") : showScenes({ caption: null }));
  const button = make(
    "button",
    { type: "button", class: "primary small", title: label, onclick: end },
    icon(scene ? ICONS.stop : ICONS.close),
    make("span", { text: label }),
  );
  const hadFocus = bar.contains(document.activeElement);
  bar.replaceChildren(text, button);
  if (hadFocus) button.focus({ preventScroll: true });
}

async function command(path) {
  try {
    await post(path);
  } catch (problem) {
    announce(problem.message);
  }
}
