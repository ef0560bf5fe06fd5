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
  shape.setAttribute("fill-rule", "evenodd");
  svg.append(shape);
  return svg;
}

/** A round button that shows a pictogram and says its name to those who do not see it, or who point at it. */
export function iconButton(path, label, onclick, properties = {}) {
  return make(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, onclick, ...properties },
    icon(path),
  );
}

/**
 * Change what is inside `root` and leave the focus where it was: on the new element with the same data-key, else on
 * what `fallback()` gives. Without it, whoever uses a keyboard would start at the top of the page again.
 */
export function keepingFocus(root, change, fallback = () => null) {
  const active = root.contains(document.activeElement) ? document.activeElement : null;
  const key = active?.dataset.key;
  change();
  if (!active || (active.isConnected && active === document.activeElement)) return;
  const same = key ? root.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
  (same ?? fallback())?.focus({ preventScroll: true });
}

/** Say something to those who listen to the page instead of looking at it. */
export function announce(text) {
  const region = document.getElementById("announcer");
  region.append(make("p", { text }));
  while (region.childElementCount > 4) region.firstChild.remove();
}

/** A number from 0 to 5 that is always the same for one id: the colour of an avatar or a name. */
export function hue(id) {
  return Math.abs(Number(id)) % 6;
}

/** The first letters of a name, for an avatar. */
function initials(name) {
  return (
    name
      .split(/\s+/)
      .slice(0, 2)
      .map((part) => [...part][0] ?? "")
      .join("")
      .toUpperCase() || "?"
  );
}

export function avatar(name, id) {
  return make("span", { class: `avatar hue-${hue(id)}`, "aria-hidden": "true", text: initials(name) });
}
