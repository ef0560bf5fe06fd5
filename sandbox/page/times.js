// Times as people read them: in the zone of a phone, in the language of its owner.

import { localeOf } from "./words.js";

const formats = new Map();

/** Making a format is slow and a chat has hundreds of times, so each is made once. */
function format(language, zone, options) {
  const key = JSON.stringify([language, zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(localeOf(language), { ...options, timeZone: zone ?? undefined }));
  }
  return formats.get(key);
}

/** "14:05" */
export function clockTime(instant, language, zone) {
  return format(language, zone, { hour: "2-digit", minute: "2-digit" }).format(instant);
}

/** French counts the first day of a month and no other: "1er mars", "2 mars". */
function ordinal(date, language) {
  return String(language).startsWith("fr") ? date.replace(/(?<!\d)1 (?=\p{L})/u, "1er ") : date;
}

/** "Wednesday 25 November 2026" */
export function longDate(instant, language, zone) {
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return ordinal(format(language, zone, options).format(instant), language);
}

/** "25 November 2026", of a day that is given as midnight in UTC. */
export function fullDate(day, language) {
  return ordinal(format(language, "UTC", { day: "numeric", month: "long", year: "numeric" }).format(day), language);
}

/** "Wednesday 25 November": what a lock screen shows. */
export function lockDate(instant, language, zone) {
  return ordinal(format(language, zone, { weekday: "long", day: "numeric", month: "long" }).format(instant), language);
}

/** "Wed 25 Nov 2026" */
export function shortDate(instant, language, zone) {
  const options = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  return ordinal(format(language, zone, options).format(instant), language);
}

/** "Wed 25 Nov, 14:05" */
export function moment(instant, language, zone) {
  const day = format(language, zone, { weekday: "short", day: "numeric", month: "short" }).format(instant);
  return `${ordinal(day, language)}, ${clockTime(instant, language, zone)}`;
}

/** "Wed 25 Nov, 14:05 (Nairobi)": the time where a phone is, and where that is. */
export function momentThere(instant, language, zone) {
  return `${moment(instant, language, zone)} (${cityOf(zone, language)})`;
}

/** "25 Nov" */
export function dayAndMonth(instant, language, zone) {
  return ordinal(format(language, zone, { day: "numeric", month: "short" }).format(instant), language);
}

/** "Nov" */
export function monthName(instant, language) {
  return format(language, "UTC", { month: "short" }).format(instant);
}

/** The day in a zone as "2026-11-25", to compare and to sort. */
export function dayIn(instant, zone) {
  return format("sv", zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(instant);
}

export const readersZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Zones that a new phone can be in, from west to east; the reader's own comes first. */
export const ZONES = [
  ...new Set([
    readersZone,
    "Africa/Dakar",
    "Africa/Abidjan",
    "Africa/Ouagadougou",
    "Africa/Accra",
    "Africa/Algiers",
    "Africa/Lagos",
    "Africa/Douala",
    "Africa/Kinshasa",
    "Africa/Lubumbashi",
    "Africa/Johannesburg",
    "Africa/Lusaka",
    "Africa/Bujumbura",
    "Africa/Harare",
    "Africa/Cairo",
    "Africa/Kampala",
    "Africa/Nairobi",
    "Africa/Addis_Ababa",
    "Africa/Dar_es_Salaam",
    "Indian/Antananarivo",
  ]),
];

const FRENCH_CITIES = {
  Algiers: "Alger",
  Cairo: "Le Caire",
  "Addis Ababa": "Addis-Abeba",
  London: "Londres",
  Brussels: "Bruxelles",
  Geneva: "Genève",
};

/** The city that a zone is named after: "Nairobi" for Africa/Nairobi. */
export function cityOf(zone, language) {
  const city = (zone ?? readersZone).split("/").at(-1).replaceAll("_", " ");
  return String(language).startsWith("fr") ? (FRENCH_CITIES[city] ?? city) : city;
}
