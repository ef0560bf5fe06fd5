"""`python -m sandbox`: a local Telegram in a terminal and a browser."""

import argparse
import os
import sys
from threading import Thread

from sandbox.server import Server
from sandbox.state import Pace, Sandbox


def main() -> None:
    """Serve until interrupted."""
    usual = Pace()
    parser = argparse.ArgumentParser(prog="sandbox", description="A local Telegram for trying out bots.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this computer only)")
    parser.add_argument("--port", type=int, default=8107, help="0 takes any free one (default: %(default)s)")
    parser.add_argument(
        "--until-input-ends",
        action="store_true",
        help="stop when the standard input ends: whoever started this is gone, in whatever way",
    )
    parser.add_argument(
        "--crowd-pause",
        type=float,
        default=usual.crowd_pause,
        metavar="SECONDS",
        help="how long simulated people take to react (default: %(default)s)",
    )
    parser.add_argument(
        "--crowd-silence",
        type=float,
        default=usual.crowd_silence,
        metavar="SECONDS",
        help="how long they wait for a tap to change something (default: %(default)s)",
    )
    options = parser.parse_args()
    pace = Pace(crowd_pause=options.crowd_pause, crowd_silence=options.crowd_silence)
    server = Server(Sandbox(pace=pace), options.host, options.port, on_listening=_tell)
    if options.until_input_ends:
        Thread(target=_stop_after_input, args=(server,), daemon=True).start()
    server.run()


def _tell(url: str) -> None:
    sys.stdout.write(f"Phones:  {url}/\nBot API: {url}/bot<token>/<method>\n")
    sys.stdout.flush()


def _stop_after_input(server: Server) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    server.should_exit = True


if __name__ == "__main__":
    main()
