"""Named scenes that play themselves on the page, one at a time, at a pace that people can follow."""

import asyncio
import logging
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sandbox.chats import Json, JsonValue
from sandbox.errors import ControlError
from sandbox.scene_steps import Scene, Step, scenes_in
from sandbox.signals import Signal
from sandbox.stage import ClockStopped, Halt, Stage

if TYPE_CHECKING:
    from sandbox.state import Sandbox

log = logging.getLogger(__name__)

# So many letters of a caption are read during one pause.
LETTERS_A_PAUSE = 40

OVER = {"en": "The scene is over.", "fr": "La scène est terminée."}
STOPPED = {"en": "The scene was stopped.", "fr": "La scène a été arrêtée."}


class Outcome(StrEnum):
    """How the scene that was played last ended."""

    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the playing has come: `playing` is a scene's id, `step` counts from 1, `chat` is where it happens."""

    playing: str | None = None
    step: int = 0
    caption: Json | None = None
    chat: int | None = None
    outcome: Outcome | None = None


class Scenes:
    """The scenes that a bot's owner handed in, and the one that plays now."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._scenes: dict[str, Scene] = {}
        self._task: asyncio.Task[None] | None = None
        self._changed = Signal()
        self._progress = Progress()

    def take_in(self, raw: JsonValue) -> None:
        """Offer these scenes from now on. Raises ControlError, and then nothing changes."""
        self._scenes = {scene.id: scene for scene in scenes_in(raw)}

    def view(self) -> Json:
        """What the control interface and the page see: what is on offer, and how far the playing has come."""
        return {"scenes": [scene.view() for scene in self._scenes.values()], **asdict(self._progress)}

    def noticed(self) -> None:
        """A message came or changed: a step may wait for it."""
        self._changed.notify()

    def play(self, id_: str) -> None:
        """Begin to play a scene.

        Raises:
            ControlError: 404, there is no such scene; 409, another one plays, or there is no bot or no invitation.
        """
        if id_ not in self._scenes:
            raise ControlError(f"there is no scene {id_!r}", 404)
        if self._progress.playing is not None:
            raise ControlError(f"the scene {self._progress.playing!r} is playing: stop it first", 409)
        scene = self._scenes[id_]
        stage = Stage(self._sandbox, scene, self._changed)
        self._progress = Progress(playing=id_)
        self._task = asyncio.get_running_loop().create_task(self._play(scene, stage))

    async def stop(self) -> None:
        """End the scene that plays, if one does, in the middle of whatever it waits for."""
        if self._task is None or self._progress.playing is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._end(Outcome.STOPPED, STOPPED)

    def clear(self) -> None:
        """Forget the scenes; the one that plays ends at once."""
        if self._task is not None:
            self._task.cancel()
        self._scenes.clear()
        self._progress = Progress()

    async def _play(self, scene: Scene, stage: Stage) -> None:
        try:
            for number, step in enumerate(scene.steps, 1):
                caption = step.caption or self._progress.caption
                chat = stage.where(step) or self._progress.chat
                self._show(replace(self._progress, step=number, caption=caption, chat=chat))
                await asyncio.sleep(self._pause(step))
                await stage.perform(step)
            await asyncio.sleep(self._sandbox.pace.scene_pause)
        except ClockStopped:
            self._end(Outcome.STOPPED, STOPPED)
        except Halt as halt:
            self._end(Outcome.FAILED, halt.words)
        except ControlError as error:
            self._end(Outcome.FAILED, _broken(self._progress.step, str(error)))
        except Exception as error:
            # The boundary: whatever goes wrong in a scene ends it in words on the page, and nothing else.
            log.exception("scene %s, step %d", scene.id, self._progress.step)
            self._end(Outcome.FAILED, _broken(self._progress.step, type(error).__name__))
        else:
            self._end(Outcome.DONE, OVER)

    def _pause(self, step: Step) -> float:
        longest = max(len(words) for words in step.caption.values()) if step.caption else 0
        return self._sandbox.pace.scene_pause * (1 + longest / LETTERS_A_PAUSE)

    def _end(self, outcome: Outcome, caption: Json) -> None:
        self._show(Progress(step=self._progress.step, caption=caption, outcome=outcome))

    def _show(self, progress: Progress) -> None:
        self._progress = progress
        self._sandbox.stream.send({"type": "scenes", **self.view()})


def _broken(step: int, kind: str) -> Json:
    return {
        "en": f"The scene stopped here: step {step} cannot be done now ({kind}).",
        "fr": f"La scène s’arrête ici\u00a0: l’étape {step} n’est pas possible en ce moment ({kind}).",
    }
