// A place that is about to be sent: typed, never that of the computer. And how a bubble shows it: no map, for that would
// have to come from elsewhere.

import { ask, labelled } from "./dialogs.js";
import { icon, make } from "./dom.js";
import { ICONS } from "./icons.js";
import { cityOf } from "./times.js";
import { localeOf } from "./words.js";

const KAMPALA = "Africa/Kampala";
const ACCURACY = 20;

/** Latitude and longitude of the cities that phones can be in. */
const CITIES = {
  "Africa/Dakar": [14.6928, -17.4467],
  "Africa/Abidjan": [5.3204, -4.0161],
  "Africa/Ouagadougou": [12.3686, -1.5275],
  "Africa/Accra": [5.5557, -0.1963],
  "Africa/Algiers": [36.7538, 3.0588],
  "Africa/Lagos": [6.4541, 3.3947],
  "Africa/Douala": [4.0511, 9.7679],
  "Africa/Kinshasa": [-4.3217, 15.3126],
  "Africa/Lubumbashi": [-11.6647, 27.4794],
  "Africa/Johannesburg": [-26.2044, 28.0456],
  "Africa/Lusaka": [-15.4067, 28.2871],
  "Africa/Bujumbura": [-3.3822, 29.3644],
  "Africa/Harare": [-17.8277, 31.0534],
  "Africa/Cairo": [30.0444, 31.2357],
  [KAMPALA]: [0.3476, 32.5825],
  "Africa/Nairobi": [-1.2864, 36.8172],
  "Africa/Addis_Ababa": [9.0249, 38.7469],
  "Africa/Dar_es_Salaam": [-6.8161, 39.2804],
  "Indian/Antananarivo": [-18.9137, 47.5361],
};

/** Ask for a place, filled in with the city of the phone; `onChosen({latitude, longitude, horizontal_accuracy})`. */
export function askLocation({ said, language, zone }, onChosen, onClose) {
  const city = CITIES[zone] ? zone : KAMPALA;
  const [latitude, longitude, accuracy] = [
    degrees(CITIES[city][0], 90),
    degrees(CITIES[city][1], 180),
    make("input", { type: "number", min: 0, max: 1500, step: "any", value: ACCURACY }),
  ];
  ask({
    heading: said.location,
    path: ICONS.pin,
    elements: [
      make("p", { class: "dialog-note", text: said.location_note(cityOf(city, language)) }),
      make("div", { class: "two" }, labelled(said.latitude, latitude), labelled(said.longitude, longitude)),
      labelled(said.accuracy, accuracy),
    ],
    accept: said.send,
    cancel: said.cancel,
    language,
    onAccept: () =>
      onChosen({
        latitude: latitude.valueAsNumber,
        longitude: longitude.valueAsNumber,
        horizontal_accuracy: accuracy.value ? accuracy.valueAsNumber : undefined,
      }),
    onClose,
  });
}

function degrees(value, most) {
  return make("input", { type: "number", min: -most, max: most, step: "any", required: true, value });
}

/** A card with the coordinates. */
export function locationCard(message, scene) {
  const { said, language } = scene;
  const { latitude, longitude, horizontal_accuracy: accuracy } = message.location;
  const written = (value, options) => value.toLocaleString(localeOf(language), options);
  const fine = { minimumFractionDigits: 4, maximumFractionDigits: 6 };
  const metres = accuracy && written(accuracy, { style: "unit", unit: "meter", maximumFractionDigits: 0 });
  return make(
    "div",
    { class: "file place", role: "group", "aria-label": said.location },
    make("span", { class: "file-kind", "aria-hidden": "true" }, icon(ICONS.pin)),
    make(
      "span",
      { class: "file-about" },
      make("strong", { text: said.location }),
      make("span", { text: `${said.latitude} ${written(latitude, fine)}` }),
      make("span", { text: `${said.longitude} ${written(longitude, fine)}` }),
      metres ? make("span", { text: said.within(metres) }) : null,
    ),
  );
}
