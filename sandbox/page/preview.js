// A message in one line: for notifications, replies and those who listen.

/** What a notification reveals of a message: its text or caption, else what kind of thing it is; never what is hidden. */
export function preview(message, said) {
  const text = message.text ?? message.caption ?? "";
  const words = hushed(text, message.entities ?? message.caption_entities ?? []);
  if (message.photo) return words ? `${said.photo}, ${words}` : said.photo;
  if (message.document)
    return words ? `${message.document.name}, ${words}` : `${said.document}, ${message.document.name}`;
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
