// A poll in a bubble: first the options to choose from, then how the votes are spread.

import { icon, make } from "./dom.js";
import { ICONS } from "./icons.js";

/** `scene.onVote(message, indexes)` votes; no index takes the vote back. */
export function poll(message, scene) {
  const { question, options, total, closed, anonymous, multiple } = message.poll;
  const mine = options.flatMap(({ voters }, index) => (voters?.includes(scene.me) ? [index] : []));
  const { said } = scene;
  const kind = closed ? said.poll_closed : anonymous ? said.poll_anonymous : said.poll_open;
  const box = make(
    "div",
    { class: "poll" },
    make("strong", { text: question }),
    make("p", { class: "poll-kind", text: kind }),
  );
  const shown = closed || mine.length > 0;
  if (shown) box.append(...options.map((option, index) => result(option, total, mine.includes(index))));
  else box.append(multiple ? several(message, scene) : one(message, scene));
  const foot = make("p", { class: "poll-foot" }, make("span", { text: said.votes(total) }));
  if (mine.length && !closed) {
    const retract = () => scene.onVote(message, []);
    foot.append(
      make("button", {
        type: "button",
        class: "linkish",
        text: said.retract,
        "data-key": `retract-${message.id}`,
        onclick: retract,
      }),
    );
  }
  box.append(foot);
  return box;
}

function result({ text, votes }, total, isMine) {
  const share = total ? Math.round((100 * votes) / total) : 0;
  const bar = make("progress", { max: 100, value: share, "aria-hidden": "true" });
  const tick = isMine ? icon(ICONS.check) : null;
  return make(
    "div",
    { class: `poll-result${isMine ? " mine" : ""}` },
    make("span", { class: "poll-share", text: `${share}\u00a0%` }),
    make("span", {}, text, tick),
    bar,
  );
}

function one(message, scene) {
  const choices = message.poll.options.map(({ text }, index) => {
    const choose = () => scene.onVote(message, [index]);
    return make("button", {
      type: "button",
      class: "poll-option",
      text,
      "data-key": `vote-${message.id}-${index}`,
      onclick: choose,
    });
  });
  return make("div", { class: "poll-options", role: "group" }, ...choices);
}

function several(message, scene) {
  const boxes = message.poll.options.map(({ text }) => {
    const box = make("input", { type: "checkbox" });
    return { box, label: make("label", { class: "poll-option" }, box, text) };
  });
  const vote = make("button", { type: "button", class: "key", text: scene.said.vote });
  vote.addEventListener("click", () => {
    const chosen = boxes.flatMap(({ box }, index) => (box.checked ? [index] : []));
    if (chosen.length) scene.onVote(message, chosen);
  });
  return make("div", { class: "poll-options", role: "group" }, ...boxes.map(({ label }) => label), vote);
}
