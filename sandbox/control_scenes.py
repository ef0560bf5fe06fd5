"""The control interface of scenes that play themselves. See README.md."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.control import sandbox_of


async def list_scenes(request: Request) -> Response:
    """GET /sandbox/scenes."""
    return JSONResponse(sandbox_of(request).scenes.view())


async def play_scene(request: Request) -> Response:
    """POST /sandbox/scenes/{id}/play: it begins; the stream and GET tell how it goes on."""
    scenes = sandbox_of(request).scenes
    scenes.play(request.path_params["id"])
    return JSONResponse(scenes.view())


async def stop_scene(request: Request) -> Response:
    """POST /sandbox/scenes/stop."""
    scenes = sandbox_of(request).scenes
    await scenes.stop()
    return JSONResponse(scenes.view())


ROUTES = [
    Route("/sandbox/scenes", list_scenes, methods=["GET"]),
    Route("/sandbox/scenes/stop", stop_scene, methods=["POST"]),
    Route("/sandbox/scenes/{id}/play", play_scene, methods=["POST"]),
]
