// What the page says, in English and French. A phone speaks the language of its owner, the frame that of the reader.

const NBSP = "\u00a0";
const THIN = "\u202f";

const WORDS = {
  en: {
    title: "Sandbox",
    subtitle: "A local chat service for trying out a bot",
    clock: "Clock of the sandbox",
    next_event: "Next event",
    one_day: "+1 day",
    one_week: "+1 week",
    moving: "The clock is moving…",
    move_done: (steps) => (steps === 1 ? "The clock has moved, 1 stop on the way" : `The clock has moved, ${steps} stops on the way`),
    no_next: "The bot has announced nothing",
    next_at: (when) => `Next event: ${when}`,
    crowd_join: "10 people join and answer",
    crowd_status: (people, actions) => `${people} simulated people, ${actions} actions`,
    page_language: "Language of the page",
    phones: "Phones",
    reconnecting: "Connection lost, trying again…",
    empty_title: "No phones yet",
    empty_waiting: "No bot has called. Start yours with this address instead of the one of the Bot API:",
    empty_ready: (bot) => `@${bot} is here. Give it somebody to talk to. The address of the Bot API is:`,
    empty_add: "Add two phones and a group",
    phone_of: (name) => `${name}’s phone`,
    group_phone: "The group",
    bot: "bot",
    typing: "typing…",
    members: (count) => (count === 1 ? "1 member" : `${count} members`),
    with_bot: "with the bot",
    start: "START",
    restart: "UNBLOCK AND RESTART",
    invited: "You have received an invitation:",
    what_can: "What can this bot do?",
    write: "Message",
    send: "Send",
    commands: "Commands",
    reply: "Reply",
    replying: (name) => `Reply to ${name}`,
    cancel: "Cancel",
    speaking_as: "Speaking as",
    more: "More",
    block: "Block the bot",
    unblock: "Unblock the bot",
    app_language: "Application en français",
    other_language: "fr",
    you: "You",
    ok: "OK",
    joined: (names) => `${names} joined the group`,
    left: (name) => `${name} left the group`,
    not_sent: "Not sent. Is the sandbox still running?",
    messages: "Messages",
  },
  fr: {
    title: "Bac à sable",
    subtitle: "Une messagerie locale pour essayer un bot",
    clock: "Horloge du bac à sable",
    next_event: "Prochaine étape",
    one_day: "+1 jour",
    one_week: "+1 semaine",
    moving: "L’horloge avance…",
    move_done: (steps) => (steps === 1 ? "L’horloge a avancé, avec 1 étape" : `L’horloge a avancé, avec ${steps} étapes`),
    no_next: "Le bot n’a rien annoncé",
    next_at: (when) => `Prochaine étape${NBSP}: ${when}`,
    crowd_join: "10 personnes participent",
    crowd_status: (people, actions) => `${people} personnes simulées, ${actions} actions`,
    page_language: "Langue de la page",
    phones: "Téléphones",
    reconnecting: "Connexion perdue, nouvel essai…",
    empty_title: "Pas encore de téléphone",
    empty_waiting: `Aucun bot n’a appelé. Lancez le vôtre avec cette adresse à la place de celle de la Bot API${NBSP}:`,
    empty_ready: (bot) => `@${bot} est là. Donnez-lui quelqu’un à qui parler. L’adresse de la Bot API est${NBSP}:`,
    empty_add: "Ajouter deux téléphones et un groupe",
    phone_of: (name) => (/^[aeiouyhâéèêîôù]/i.test(name) ? `Le téléphone d’${name}` : `Le téléphone de ${name}`),
    group_phone: "Le groupe",
    bot: "bot",
    typing: "écrit…",
    members: (count) => (count < 2 ? `${count} membre` : `${count} membres`),
    with_bot: "avec le bot",
    start: "DÉMARRER",
    restart: "DÉBLOQUER ET REPRENDRE",
    invited: `Vous avez reçu une invitation${NBSP}:`,
    what_can: `Que peut faire ce bot${THIN}?`,
    write: "Message",
    send: "Envoyer",
    commands: "Commandes",
    reply: "Répondre",
    replying: (name) => `Réponse à ${name}`,
    cancel: "Annuler",
    speaking_as: "Parler en tant que",
    more: "Plus",
    block: "Bloquer le bot",
    unblock: "Débloquer le bot",
    app_language: "Application in English",
    other_language: "en",
    you: "Vous",
    ok: "OK",
    joined: (names) => `${names} a rejoint le groupe`,
    left: (name) => `${name} a quitté le groupe`,
    not_sent: `Message non envoyé. Le bac à sable fonctionne-t-il encore${THIN}?`,
    messages: "Messages",
  },
};

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
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", said[element.dataset.label]);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
}
