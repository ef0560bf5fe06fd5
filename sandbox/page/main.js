// The page: it hears what happens in the sandbox and shows it on phones, side by side or one at a time.

import { listen, post } from "./api.js";
import { showClock, tick } from "./clock.js";
import { make } from "./dom.js";
import { Phone } from "./phone.js";
import { choosePageLanguage, pageLanguage, translateFrame, words } from "./words.js";

const shelf = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const empty = document.getElementById("empty");
const connection = document.getElementById("connection");
const crowdBox = document.getElementById("crowd");
const crowdButton = document.getElementById("crowd-join");
const crowdStatus = document.getElementById("crowd-status");

const phones = new Map();
let snapshot = null;
let crowd = null;
let chosen = sessionStorage.getItem("sandbox-phone");

const said = () => words(document.documentElement.lang);

function showSnapshot(news) {
  snapshot = news;
  const present = new Set(news.phones.map(({ chat }) => chat));
  for (const [chat, phone] of phones) {
    if (present.has(chat)) continue;
    phone.element.remove();
    phones.delete(chat);
  }
  for (const state of news.phones) {
    if (!phones.has(state.chat)) {
      const phone = new Phone(state.chat);
      phones.set(state.chat, phone);
      shelf.append(phone.element);
    }
    phones.get(state.chat).update(state, news.invitation, said());
  }
  showTabs();
  showEmpty();
  showCrowd(news.crowd);
  showClock(news.clock);
}

function showTabs() {
  tabs.hidden = phones.size < 2;
  if (!phones.has(Number(chosen))) chosen = String([...phones.keys()][0] ?? "");
  tabs.replaceChildren(
    ...[...phones].map(([chat, phone]) => {
      const tab = make("button", { type: "button", role: "tab", id: `tab-${chat}`, "aria-controls": `phone-${chat}`, text: phone.label });
      tab.addEventListener("click", () => choose(String(chat)));
      return tab;
    }),
  );
  choose(chosen);
}

function choose(chat) {
  chosen = chat;
  sessionStorage.setItem("sandbox-phone", chat);
  for (const [id, phone] of phones) {
    const selected = String(id) === chat;
    phone.element.classList.toggle("chosen", selected);
    const tab = document.getElementById(`tab-${id}`);
    tab.setAttribute("aria-selected", String(selected));
    if (selected) tab.classList.remove("news");
  }
}

function showEmpty() {
  empty.hidden = phones.size > 0;
  document.getElementById("empty-address").textContent = location.origin;
  document.getElementById("empty-text").textContent = snapshot?.bot ? said().empty_ready(snapshot.bot.username) : said().empty_waiting;
  document.getElementById("empty-add").hidden = !snapshot?.bot;
}

function showCrowd(news) {
  crowd = { ...crowd, ...news };
  crowdBox.hidden = !(crowd.offered || crowd.people);
  crowdButton.hidden = !crowd.offered;
  crowdButton.disabled = !crowd.quiet;
  crowdStatus.textContent = crowd.people ? said().crowd_status(crowd.people, crowd.actions) : "";
  crowdStatus.classList.toggle("active", !crowd.quiet);
}

function hear(event) {
  const phone = phones.get(event.chat);
  switch (event.type) {
    case "snapshot":
      return showSnapshot(event);
    case "clock":
      return showClock(event.clock);
    case "crowd":
      return showCrowd(event.crowd);
    case "message":
      phone?.put(event.message);
      if (String(event.chat) !== chosen) document.getElementById(`tab-${event.chat}`)?.classList.add("news");
      return undefined;
    case "edited":
      return phone?.put(event.message);
    case "deleted":
      return phone?.remove(event.message_id);
    case "typing":
      return phone?.typing();
    case "answer":
      return phone?.answer(event);
    default:
      return undefined;
  }
}

function speak(language) {
  translateFrame(language);
  if (snapshot) {
    for (const phone of phones.values()) phone.update(phone.phone, snapshot.invitation, said());
    showEmpty();
    showCrowd({});
  }
  tick();
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    choosePageLanguage(button.dataset.language);
    speak(button.dataset.language);
  });
}
crowdButton.addEventListener("click", async () => {
  crowdButton.disabled = true;
  const seed = (crowd.people ?? 0) + 1;
  try {
    showCrowd((await post("crowd", { people: 10, seed })).crowd);
  } catch (problem) {
    crowdStatus.textContent = problem.message;
    crowdButton.disabled = false;
  }
});
document.getElementById("empty-add").addEventListener("click", () =>
  post("demo", {
    people: [{ name: "Amina", language: "en" }, { name: "Benoît", language: "fr" }],
    group: { title: "Learning together" },
  }),
);
// A menu closes when anything outside it is touched, and by Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) menu.removeAttribute("open");
});

speak(pageLanguage());
listen(hear, (connected) => (connection.hidden = connected));
