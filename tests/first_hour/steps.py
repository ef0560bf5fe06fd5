"""The steps of the hour, one function each, in their order: from the workbook to a response rate."""

import re
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from conversations.model import Language
from conversations.roles import Act
from tests.bot.setting_up import REAL_CONTACT, with_contacts
from tests.first_hour.play import Hour

_TITLES = ("Keeping it alive", "Garder vivant")
_CONTACT = ("A question? Call your office.", "Une question ? Appelez votre bureau.")
_THANKS = ("Thank you for joining, and for two good days!", "Merci d’avoir rejoint, et pour ces deux belles journées !")
SURVEY_CAME = "2026-12-08T14:30:00+00:00"
DAY_AFTER = "2026-12-09T06:00:00+00:00"
_MOST_TAPS = 20
_LINK = re.compile(r"https://t\.me/\S+start=[\w-]+")


async def play(hour: Hour) -> None:
    """All of it."""
    await _come_in(hour)
    workbook = await _fill_in(hour)
    await _send_with_a_gap(hour, workbook)
    await _publish(hour, workbook)
    link = await _invite(hour)
    await _join(hour, link)
    await _broadcast(hour)
    await hour.reader.crowd(10, link)
    await _follow(hour)
    await _stop(hour)


async def _come_in(hour: Hour) -> None:
    hour.heading("begin")
    page = hour.reader.page
    await page.locator("#people > summary").click()
    await page.locator("#people-sheet button").nth(1).click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input").fill("Nadia")
    await dialog.locator("select").nth(0).select_option(hour.language)
    await dialog.locator("select").nth(1).select_option("Africa/Nairobi")
    await dialog.locator("button.primary").click()
    phone = page.locator(".phone", has=page.locator("h2", has_text="Nadia"))
    await phone.wait_for(state="attached")
    hour.reader.spent(taps=5, typed="Nadia")
    for each in await page.locator(".phone").all():
        owner = re.split(r"[’']s | de | d’", await each.locator("h2").inner_text())
        hour.phones[next((name for name in ("Amina", "Moussa", "Nadia") if name in " ".join(owner)), "group")] = int(
            str(await each.get_attribute("id")).removeprefix("phone-")
        )
    await hour.hold("Nadia")
    await phone.locator("button.start").click()
    await hour.reader.until(hour.phones["Nadia"], hour.command(Act.TEMPLATE))
    await hour.tell("Nadia")


async def _fill_in(hour: Hour) -> Path:
    hour.heading("workbook")
    await hour.says(hour.command(Act.TEMPLATE), hour.button("For a new event"))
    await hour.taps(hour.button("For a new event"), hour.phrase("What is your event called in English?"))
    await hour.says(_TITLES[0], hour.phrase("And in French?"))
    await hour.says(_TITLES[1], hour.phrase("On which day does it begin? For example 12 March 2027."))
    await hour.says(hour.either("30 November 2026", "30 novembre 2026"), hour.phrase("On which day does it end?"))
    await hour.says(hour.either("1 December 2026", "1 décembre 2026"), hour.phrase("Here is your workbook."))
    await hour.picture("Nadia")
    return await hour.reader.download(hour.phones["Nadia"], hour.folder)


async def _send_with_a_gap(hour: Hour, workbook: Path) -> None:
    hour.heading("fault")
    _write(workbook, _CONTACT[0], None)
    hour.reader.spent(taps=6, typed=_CONTACT[0])
    await hour.sends(workbook, hour.button("Go through them"))
    await hour.taps(hour.button("Go through them"), "text::French (fr)")
    await hour.picture("Nadia")


async def _publish(hour: Hour, workbook: Path) -> None:
    hour.heading("publish")
    _write(workbook, *_CONTACT)
    workbook.write_bytes(with_contacts(workbook.read_bytes()))
    hour.reader.spent(taps=4 + 2 * len(REAL_CONTACT), typed="".join((_CONTACT[1], *REAL_CONTACT)))
    await hour.sends(workbook, hour.button("Publish …"))
    await hour.taps(hour.button("Publish …"), hour.button("Yes, publish it"))
    await hour.taps(hour.button("Yes, publish it"), hour.button("See the event"))
    await hour.picture("Nadia")


async def _invite(hour: Hour) -> str:
    hour.heading("invite")
    await _for_this_event(hour, Act.INVITE, hour.button("New invitation"))
    await hour.taps(hour.button("New invitation"), hour.button("Anybody", "invited as nothing in particular"))
    await hour.taps(hour.button("Anybody", "invited as nothing in particular"), hour.button("Any number"))
    await hour.taps(hour.button("Any number"), hour.button("No end"))
    await hour.taps(hour.button("No end"), "https://t.me/")
    found = [_LINK.search(each.get("text", "")) for each in await hour.reader.messages(hour.phones["Nadia"])]
    await hour.taps(hour.button("QR picture"), "")
    await hour.picture("Nadia")
    return next(each[0] for each in reversed(found) if each)


async def _join(hour: Hour, link: str) -> None:
    hour.heading("join")
    group = hour.phone("group")
    await hour.hold("group")
    await group.locator("[data-key=more]").click()
    await group.locator(".menu[open] .sheet button", has_text="Nadia").click()
    await group.locator("[data-key=speaker]").select_option(label="Nadia")
    await hour.reader.say(hour.phones["group"], link)
    hour.reader.spent(taps=6)  # she copies it
    for name, language, country, welcome in (
        ("Amina", Language.EN, "Kenya", "Welcome!"),
        ("Moussa", Language.FR, "Sénégal", "Bienvenue"),
    ):
        theirs = replace(hour, language=language)
        await hour.hold("group")
        await group.locator("[data-key=speaker]").select_option(label=name)
        await group.locator("button.command-link", has_text="start=").last.click()
        await hour.reader.until(hour.phones[name], theirs.button("Yes to all, join"))
        await hour.tell(name)
        if name == "Amina":
            await hour.picture(name)
        await hour.taps(theirs.button("Yes to all, join"), country, name)
        await hour.taps(country, theirs.button("No, another time"), name)
        await hour.taps(theirs.button("Yes"), welcome, name)
    await hour.hold("Nadia")


async def _broadcast(hour: Hour) -> None:
    hour.heading("broadcast")
    await _for_this_event(hour, Act.BROADCAST, hour.button("New broadcast"))
    await hour.taps(
        hour.button("New broadcast"),
        hour.phrase("Write the broadcast in English, as people are to read it. Bold, italics and links are kept."),
    )
    await hour.says(_THANKS[0], hour.phrase("Now write it in French."))
    await hour.says(_THANKS[1], hour.button("Preview and send"))
    await hour.taps(hour.button("Preview and send"), hour.button("Send it…"))
    await hour.taps(hour.button("Send it…"), hour.button("Yes, send it"))
    await hour.taps(hour.button("Yes, send it"), hour.button("Undo"))
    await hour.picture("Nadia")
    await hour.reader.advance(120)
    await hour.reader.until(hour.phones["Amina"], "You have a new message.", shown=False)
    await hour.hold("Amina")
    await hour.taps("Open", _THANKS[0], "Amina")
    await hour.hold("Nadia")
    done = hour.phrase("Broadcast {number} of {event} is done.", number="1", event=hour.either(*_TITLES))
    await hour.reader.until(hour.phones["Nadia"], done)
    await hour.tell("Nadia")


async def _follow(hour: Hour) -> None:
    hour.heading("status")
    await hour.reader.until_time(SURVEY_CAME)
    for name in ("Amina", "Moussa"):
        await _answer(hour, name)
    await hour.reader.until_time(DAY_AFTER)
    await hour.hold("Nadia")
    await _for_this_event(hour, Act.STATUS, hour.button("Summary: off"))
    await hour.taps("1", hour.button("Remind them"))
    await hour.picture("Nadia")
    await hour.taps(hour.button("Remind them"), hour.button("Yes, remind them"))


async def _stop(hour: Hour) -> None:
    hour.heading("stop")
    await hour.says(hour.command(Act.PAUSE_ALL), hour.button("None of them"))
    await hour.taps(hour.either(*_TITLES), hour.command(Act.RESUME))
    await hour.says(hour.command(Act.RESUME), hour.button("Not yet"))
    going_on = hour.phrase("The messages of {event} go on.", event=hour.either(*_TITLES))
    await hour.taps(hour.button("Go on and send it"), going_on)
    await hour.picture("Nadia")


async def _answer(hour: Hour, name: str) -> None:
    """All questions of the survey that came last, in the person's own language; no word of it is told."""
    theirs, chat = replace(hour, language=Language.EN if name == "Amina" else Language.FR), hour.phones[name]
    await hour.hold(name)
    await hour.reader.until(chat, theirs.phrase("A few short questions are ready for you."))
    newest, _ = await hour.reader.asked(chat, 0)
    await hour.reader.tap(chat, theirs.button("Open"))
    send, back, skip = (theirs.button(each) for each in ("Send my answers", "Back", "Skip"))
    for _ in range(_MOST_TAPS):
        newest, keys = await hour.reader.asked(chat, newest)
        if send in keys:
            await hour.reader.tap(chat, send)
            return
        await hour.reader.tap(chat, skip if keys[0] == back else keys[0])
    raise AssertionError("the survey has no end")


async def _for_this_event(hour: Hour, act: Act, answer: str) -> None:
    """The command, and which event it is for: Nadia looks after the sample event as well."""
    await hour.says(hour.command(act), hour.phrase("For which event?"))
    await hour.taps(hour.either(*_TITLES), answer)


def _write(workbook: Path, english: str, french: str | None) -> None:
    """What is typed into the spreadsheet."""
    book = load_workbook(workbook)
    for row in book["event"].iter_rows():
        if row[0].value == "contact":
            row[2].value, row[3].value = english, french
    book.save(workbook)
