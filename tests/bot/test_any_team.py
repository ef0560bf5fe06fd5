"""People of all roles tap, type and send whatever they like, in any order: nobody does what they may not.

What must hold after each step is in `witness`, what may happen in `walkers`.
"""

import random
from pathlib import Path

import pytest

from bot.channels import Rendered
from bot.rendering import loads, plain_text
from conversations.cues import Said
from conversations.desk import able
from conversations.roles import command_of, typed
from storage import chats, team
from tests.bot.walkers import EVERYBODY, MARK, Walkers
from tests.bot.witness import Witness
from tests.rig import Rig

_STEPS = 350
_STRANGE = ("No question asks for words", "Aucune question")


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_anybody_does_nobody_does_more_than_they_may(
    seed: int, rig: Rig, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    walkers = Walkers(rig, random.Random(seed))
    await walkers.come()
    witness = Witness(walkers)
    for number in range(_STEPS):
        witness.before()
        what, who = await walkers.step()
        witness.look(what, who)
        assert not [record for record in caplog.records if record.levelname == "ERROR"], (number, what, who)
        if number % 50 == 49:
            witness.verify()
            await nobody_is_stuck(rig, walkers.chance.choice(EVERYBODY))
    assert len(witness.acts) > 25, "the walk did much of what a team can do"
    assert witness.left, "something was sent meanwhile"
    in_clear = [mark for file in folder.iterdir() for mark in MARK.findall(file.read_bytes().decode("latin-1"))]
    assert not in_clear, "what anybody typed lies there for whoever takes the disk"


async def nobody_is_stuck(rig: Rig, who: str) -> None:
    """From wherever they are, help, a way out, and what they may do as somebody of a team are there."""
    with rig.engine.connect() as connection:
        chat = chats.find(connection, rig.vault, "telegram", who)
        assert chat is not None
        duties = team.duties(connection, chat.id, rig.turns.contents)
    assert await answer(rig, who, "/help")
    for act in typed():
        if able(duties, act):
            told = await answer(rig, who, command_of(act, french=False))
            assert told, act
            assert not told.startswith(_STRANGE), act
    assert await answer(rig, who, "/stop")


async def answer(rig: Rig, who: str, words: str) -> str:
    """What is said to them in answer."""
    done = await rig.person(who, Said(words))
    said = [loads(each.body) for each in done.outgoing if each.address == who]
    return "\n".join(text_of(each) for each in said)


def text_of(message: Rendered) -> str:
    return plain_text(message.paragraphs)
