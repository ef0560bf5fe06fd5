// The page: it hears what happens in the sandbox and passes it on to phones, clock, calendar, scenes and the rest.

import { listen, post } from "./api.js";
import { calendarFor, nextEntry, showCalendar } from "./calendar.js";
import { comingFrom, now, onTick, retell, showClock } from "./clock.js";
import { icon } from "./dom.js";
import { showFaults } from "./faults.js";
import { ICONS } from "./icons.js";
import { showCrowd, showPeopleMenu } from "./people.js";
import { Phone } from "./phone.js";
import { isPlaying, showScenes } from "./scenes.js";
import { choose, showTabs, showUnread } from "./tabs.js";
import { choosePageLanguage, pageLanguage, translateFrame, words } from "./words.js";

const shelf = document.getElementById("phones");
const empty = document.getElementById("empty");
const connection = document.getElementById("connection");
const lockAll = document.getElementById("lock-all");

const phones = new Map();
let snapshot = null;

const said = () => words(document.documentElement.lang);

function showSnapshot(news) {
  snapshot = news;
  showClock(news.clock);
  const present = new Set(news.phones.map(({ chat }) => chat));
  for (const [chat, phone] of phones) {
    if (present.has(chat)) continue;
    phone.element.remove();
    phones.delete(chat);
  }
  showPhones(news.phones);
  arrange(news.phones);
  showCalendar(news.calendar);
  showCrowd(news.crowd);
  // How a scene ended is told once, by the event: not again whenever the page is drawn anew.
  showScenes(news.scenes.playing ? news.scenes : { scenes: news.scenes.scenes, playing: null });
  showFaults(news.faults);
  showFrame();
}

function showPhones(states) {
  const people = states.flatMap(({ person }) => (person ? [person] : []));
  const groups = states.filter(({ kind }) => kind === "group").length;
  const page = { said: said(), now, people, groups, bot: snapshot.bot?.username };
  for (const state of states) phoneOf(state.chat).update(state, page);
}

/** What stands around the phones, in the language of the page. */
function showFrame() {
  showTabs(phones);
  showEmpty();
  showPeopleMenu(snapshot.invitations, Boolean(snapshot.bot));
  calendarFor(phones);
  showLocks();
}

function phoneOf(chat) {
  if (!phones.has(chat)) phones.set(chat, new Phone(chat, (count) => showUnread(chat, count)));
  return phones.get(chat);
}

/** Put the phones in the order of the snapshot, without touching those that stand right: moving one would drop its focus. */
function arrange(states) {
  states.forEach(({ chat }, index) => {
    const phone = phones.get(chat);
    const { element } = phone;
    phones.delete(chat); // and once more at the end, for tabs follow the order of the map
    phones.set(chat, phone);
    if (shelf.children[index] !== element) shelf.insertBefore(element, shelf.children[index] ?? null);
  });
}

function showEmpty() {
  empty.hidden = phones.size > 0;
  document.getElementById("empty-address").textContent = location.origin;
  document.getElementById("empty-text").textContent = snapshot?.bot
    ? said().empty_ready(snapshot.bot.username)
    : said().empty_waiting;
  document.getElementById("empty-add").hidden = !snapshot?.bot;
}

function showLocks() {
  const all = phones.size > 0 && [...phones.values()].every((phone) => phone.isLocked);
  lockAll.hidden = !phones.size;
  lockAll.replaceChildren(icon(all ? ICONS.unlock : ICONS.lock));
  lockAll.title = all ? said().unlock_all : said().lock_all;
  lockAll.setAttribute("aria-label", lockAll.title);
  return all;
}

/** Bring the phone on which something happens before the reader's eyes. */
function follow(phone) {
  choose(phone.chat);
  phone.element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function hear(event) {
  const phone = phones.get(event.chat);
  const hearers = {
    snapshot: () => showSnapshot(event),
    clock: () => showClock(event.clock),
    crowd: () => showCrowd(event.crowd),
    calendar: () => showCalendar(event.entries, true),
    scenes: () => {
      showScenes(event);
      if (event.chat) choose(event.chat);
    },
    faults: () => showFaults(event.faults),
    message: () => phone?.put(event.message),
    edited: () => phone?.put(event.message),
    deleted: () => phone?.remove(event.message_id),
    typing: () => phone?.typing(),
    answer: () => phone?.answer(event),
    lock: () => {
      phone?.lock(event.locked);
      showLocks();
    },
  };
  if (phone && isPlaying()) follow(phone);
  hearers[event.type]?.();
}

function speak(language) {
  translateFrame(language);
  if (!snapshot) return;
  showPhones([...phones.values()].map(({ phone }) => phone));
  showScenes({});
  showFaults();
  showFrame();
  retell();
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    choosePageLanguage(button.dataset.language);
    speak(button.dataset.language);
  });
}
lockAll.addEventListener("click", () => {
  const all = showLocks();
  for (const phone of phones.values()) phone.lock(!all);
  showLocks();
});
shelf.addEventListener("locked", showLocks);
document.getElementById("empty-add").addEventListener("click", () =>
  post("demo", {
    people: [
      { name: "Amina", language: "en" },
      { name: "Benoît", language: "fr" },
    ],
    group: { title: "Learning together" },
  }),
);
onTick((instant) => {
  for (const phone of phones.values()) phone.tick(instant);
});
comingFrom(nextEntry);
for (const place of document.querySelectorAll("[data-icon]")) place.prepend(icon(ICONS[place.dataset.icon]));
speak(pageLanguage());
listen(hear, (connected) => {
  connection.hidden = connected;
});
