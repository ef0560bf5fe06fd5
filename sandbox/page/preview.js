// A message in one line: for notifications, replies and those who listen.

/** Kinds that are enough to say what came, and those that have a name of their own. A place is not told to passers-by. */
const NAMELESS = ["photo", "voice", "video", "location"];
const NAMED = ["document", "audio"];

/** What a notification reveals of a message: its text or caption, else what kind of thing it is; never what is hidden. */
export function preview(message, said) {
  const text = message.text ?? message.caption ?? "";
  const words = hushed(text, message.entities ?? message.caption_entities ?? []);
  const kind = NAMELESS.find((name) => message[name]);
  if (kind) return words ? `${said[kind]}, ${words}` : said[kind];
  const named = NAMED.find((name) => message[name]);
  if (named) return words ? `${message[named].name}, ${words}` : `${said[named]}, ${message[named].name}`;
  if (message.poll) return `${said.poll}, ${message.poll.question}`;
  return words || noticeText(message, said);
}

/** Spoilers stay covered. */
function hushed(text, entities) {
  let result = text;
  for (const { type, offset, length } of entities) {
    if (type === "spoiler") result = result.slice(0, offset) + "░".repeat(length) + result.slice(offset + length);
  }
  return result;
}

/** Whether the service itself says it: somebody joined, the group has moved. */
export function isNotice(message) {
  return noticeKind(message) !== undefined;
}

const NOTICES = [
  "new_chat_members",
  "left_chat_member",
  "migrate_to_chat_id",
  "migrate_from_chat_id",
  "group_chat_created",
];

function noticeKind(message) {
  return NOTICES.find((name) => message[name]);
}

/** What a notice says, in the reader's language; empty for a message that is none. */
export function noticeText(message, said) {
  switch (noticeKind(message)) {
    case "new_chat_members": {
      const members = message.new_chat_members;
      const names = members.map((member) => member.first_name).join(", ");
      const byOther = members.every((member) => member.id !== message.from.id);
      return byOther ? said.added(message.from.name, names) : said.joined(names, members.length);
    }
    case "left_chat_member": {
      const { id, first_name: name } = message.left_chat_member;
      return id === message.from.id ? said.left(name) : said.removed(message.from.name, name);
    }
    case "migrate_to_chat_id":
      return said.migrated_to;
    case "migrate_from_chat_id":
      return said.migrated_from;
    case "group_chat_created":
      return said.group_created(message.from.name);
    default:
      return "";
  }
}
