// Small helpers to build elements. Text always goes in as text, never as markup.

/** An element with properties ({class, text, data-*, aria-*, on…}) and children. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A pictogram from a path in a 24 by 24 box. */
export function icon(path) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(space, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export const ICONS = {
  send: "M3 20.5 21.5 12 3 3.5 3 10l12 2-12 2z",
  slash: "M14.5 4h2.6l-7.6 16H6.9z",
  more: "M12 5.500a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3zm0 8a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3zm0 8a1.5 1.5 0 1 1 0-3 1.5 1.5 0 0 1 0 3z",
  reply: "M10 8V4l-8 7.500L10 19v-4.200c5.5 0 9 1.700 12 5.200-1-6.5-4.5-11.300-12-12z",
  close: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4 17.6 5 12 10.6z",
};

/** A number from 0 to 5 that is always the same for one id: the colour of an avatar or a name. */
export function hue(id) {
  return Math.abs(Number(id)) % 6;
}

/** The first letters of a name, for an avatar. */
export function initials(name) {
  return name.split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? "").join("").toUpperCase() || "?";
}

export function avatar(name, id) {
  return make("span", { class: `avatar hue-${hue(id)}`, "aria-hidden": "true", text: initials(name) });
}
