// Which language the page and each phone speak. The words themselves are in words_en.js and words_fr.js.

import { EN } from "./words_en.js";
import { FR } from "./words_fr.js";

const WORDS = { en: EN, fr: FR };
const KEY = "sandbox-language";

/** Words of a language; anything but French falls back on English. */
export function words(language) {
  return WORDS[String(language).slice(0, 2)] ?? WORDS.en;
}

/** The locale for dates and times: English with the day before the month and 24 hours. */
export function localeOf(language) {
  return String(language).startsWith("en") ? "en-GB" : language;
}

/** Language of the page: the reader's choice, else that of the browser. */
export function pageLanguage() {
  const chosen = localStorage.getItem(KEY);
  if (chosen) return chosen;
  return navigator.language.startsWith("fr") ? "fr" : "en";
}

export function choosePageLanguage(language) {
  localStorage.setItem(KEY, language);
}

/** Write the words of a language into everything in the frame that is marked with data-word or data-label. */
export function translateFrame(language) {
  const said = words(language);
  document.documentElement.lang = language;
  document.title = said.title;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = said[element.dataset.word];
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", said[element.dataset.label]);
    if (element.matches("summary, button")) element.title = said[element.dataset.label];
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}
