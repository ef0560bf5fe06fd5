"""Messages put straight into the outbox, and what became of them."""

from sqlalchemy import Connection, select

from bot.channels import Rendered, RenderedParagraph
from bot.rendering import dumps
from conversations.effects import SayKind
from conversations.model import Language
from storage import chats, outbox
from storage.chats import ChatKind
from storage.outbox import Operation, Outgoing
from storage.tables import outbox as rows
from tests.rig import Heard, Rig


async def put(
    rig: Rig,
    text: str,
    address: str = "11",
    kind: SayKind = SayKind.REPLY,
    *,
    serial: int | None = None,
    carrying: int | None = None,
) -> Outgoing:
    """A message (an edit, with `carrying`) that is saved and not sent yet."""

    def add(connection: Connection) -> Outgoing:
        private = ChatKind.GROUP if address.startswith("-") else ChatKind.PRIVATE
        chat = chats.arrive(connection, rig.vault, "telegram", address, private, Language.EN, rig.clock.now())
        operation = Operation.SAY if carrying is None else Operation.EDIT
        body = dumps(Rendered((RenderedParagraph(text),)))
        return outbox.add(
            connection, rig.vault, chat, operation, kind, body, rig.clock.now(), serial=serial, carrying=carrying
        )

    return await rig.thread.run(add)


async def send(rig: Rig, *messages: Outgoing) -> None:
    rig.delivery.submit(messages)
    await rig.delivery.idle()


async def state_of(rig: Rig, message: Outgoing) -> tuple[str, str | None]:
    """Its state and the reason, as a coordinator would read them."""
    query = select(rows.c.state, rows.c.error).where(rows.c.id == message.id)
    row = await rig.thread.run(lambda connection: connection.execute(query).one())
    return row.state.value, row.error


async def reachable(rig: Rig, message: Outgoing) -> bool:
    return (await rig.thread.run(lambda connection: chats.by_id(connection, rig.vault, message.chat_id))).reachable


def texts(heard: list[Heard], address: str | None = None) -> list[str]:
    return [each.message.paragraphs[0].text for each in heard if address in {None, each.address}]
