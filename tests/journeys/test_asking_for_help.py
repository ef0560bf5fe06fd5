"""Somebody asks for help over HTTP: two coordinators are told, one answers, neither side learns who the other is."""

import json

from conversations.model import Role
from tests.journeys.conftest import World
from tests.journeys.phones import Json, Phone, text_of
from tests.journeys.stories import HELP, joined


async def coordinator(world: World, name: str, language: str) -> Phone:
    """Somebody who looks after the event."""
    phone = await world.phones.person(name, language)
    await phone.start(world.invitation(Role.COORDINATOR))
    return phone


async def sent_to(world: World, phone: Phone) -> str:
    """All that the bot ever sent to that phone, without the address it went to."""
    requests: list[Json] = []
    for method in ("sendMessage", "editMessageText"):
        requests += [entry["request"] for entry in await world.phones.journal(method)]
    return "\n".join(
        json.dumps({name: value for name, value in each.items() if name != "chat_id"}, ensure_ascii=False)
        for each in requests
        if str(each["chat_id"]) == str(phone.chat)
    )


async def test_words_go_both_ways_and_neither_learns_who_the_other_is(world: World) -> None:
    grace, john = await coordinator(world, "Grace", "en"), await coordinator(world, "John", "en")
    awa = await joined(world, "Awa", "fr")
    await awa.tap(HELP["fr"])
    await awa.sees("L’Arbre d’écoute, Sénégal (exemple)")
    await awa.tap("Demander un contact", "Oui, prévenir l’équipe")
    await awa.sees("L’équipe sait maintenant que quelqu’un demande un contact.")
    wanted = await grace.sees("Somebody asks for contact: ")
    word = text_of(wanted).splitlines()[0].removeprefix("Somebody asks for contact: ")
    await john.sees(f"Somebody asks for contact: {word}")
    await john.tap("I take it")
    await grace.sees(f"takes care of {word}.")
    await grace.tap("I take it")
    await grace.sees(f"{word} is with somebody else of the team.")

    await john.tap("Write")
    await john.say("Bonjour, êtes-vous en lieu sûr ?")
    await awa.sees("Vous avez un nouveau message.")
    await awa.tap("Ouvrir")
    await awa.sees("Bonjour, êtes-vous en lieu sûr ?")
    await awa.tap("Répondre")
    await awa.say("Oui, chez une amie. Merci.")
    await john.sees(f"{word} writes:\n\nOui, chez une amie. Merci.")
    await john.tap("End this contact", "Yes, end it")
    await awa.tap("Ouvrir")
    await awa.sees("Ce contact est terminé.")
    assert "amie" not in await sent_to(world, grace)

    people = {"Grace": grace, "John": john, "Awa": awa}
    for reader, others in (("Awa", ("Grace", "John")), ("Grace", ("Awa",)), ("John", ("Awa",))):
        everything = await sent_to(world, people[reader])
        for other in others:
            assert other not in everything
            assert str(people[other].person) not in everything
    await world.phones.each_tap_was_answered_once()


async def test_two_take_it_at_once_and_one_has_it(world: World) -> None:
    await two_take_it_at_once(world)


async def two_take_it_at_once(world: World) -> None:
    grace, john = await coordinator(world, "Grace", "en"), await coordinator(world, "John", "en")
    amina = await joined(world, "Amina", "en")
    await amina.say("help me")
    await amina.tap("Ask for contact", "Yes, tell the team")
    taps = [(phone, *(await phone.button("I take it"))) for phone in (grace, john)]
    for phone, message, button in taps:
        phone.press(message["id"], button)
    await world.phones.settle()
    mine = [any("is with you now." in text_of(each) for each in await phone.messages()) for phone in (grace, john)]
    assert sorted(mine) == [False, True]
