"""The scenes of the demonstration with a form whose questions are of every type, and with the one that comes along."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.demo import fill_page
from bot.demo_scenes import scenes
from bot.workbook import read
from conversations.model import Bilingual, Event, Question, QuestionType
from sandbox.server import Serving
from tests.journeys.conftest import MONDAY, World, bot_at, settings_for
from tests.journeys.phones import Phone, Phones
from tests.journeys.stories import SAVED
from tests.rehearsal.conftest import ROOT
from tests.rehearsal.questionnaire import questionnaire

LONGEST = 60
"""Real seconds for one scene; only a failing test ever waits this long."""


@pytest.fixture(params=["every type", "site visit"])
def form(request: pytest.FixtureRequest, tmp_path: Path) -> Event:
    if request.param == "site visit":
        return read(ROOT / "events" / "site-visit" / "form.md")
    path = tmp_path / "questionnaire.md"
    path.write_text(questionnaire(), encoding="utf-8")
    return read(path)


@pytest.fixture
async def page(tmp_path: Path, sandbox: Serving, phones: Phones, form: Event) -> AsyncIterator[World]:
    """The sandbox as the demonstration fills it, without pauses for people to read."""
    sandbox.state.pace = replace(sandbox.state.pace, scene_pause=0.0, scene_patience=5.0)
    async with bot_at(settings_for(tmp_path, sandbox.url), sandbox, phones, form) as world:
        await fill_page(sandbox.url, form, world.store, world.app, world.clock)
        yield world


@pytest.mark.parametrize(("scene", "name", "language"), [("survey", "Amina", "en"), ("language", "Joy", "fr")])
async def test_a_scene_answers_all_of_the_form(page: World, scene: str, name: str, language: str) -> None:
    view = await page.phones.post(f"/sandbox/scenes/{scene}/play", {})
    async with asyncio.timeout(LONGEST):
        while view["playing"]:
            await asyncio.sleep(0.02)
            view = await page.phones.get("/sandbox/scenes")
    assert view["outcome"] == "done", view["caption"]
    person = next(each for each in await page.phones.get("/sandbox/people") if each["name"] == name and each["phone"])
    await Phone(page.phones, person["id"], person["id"]).sees(SAVED[language])


async def test_the_crowd_answers_all_of_the_form(page: World) -> None:
    people = (await page.phones.post("/sandbox/crowd", {"people": 4}))["people"]
    await page.phones.settle()
    for person, language in zip(people, ("en", "fr", "en", "fr"), strict=True):
        await Phone(page.phones, person, person).sees(SAVED[language])


def test_a_form_that_nobody_can_answer_has_no_scenes_of_it(form: Event) -> None:
    [survey] = form.surveys
    label = Bilingual("A number?", "Un nombre ?")
    impossible = Question("impossible", QuestionType.INTEGER, label, required=True, constraint=". > 5 and . < 3")
    shut = replace(form, surveys=(replace(survey, questions=(*survey.questions, impossible)),))
    assert {"survey", "language"} <= {each["id"] for each in scenes(form, "Together", MONDAY)}
    assert not {"survey", "language"} & {each["id"] for each in scenes(shut, "Together", MONDAY)}
