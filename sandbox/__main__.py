"""`python -m sandbox`: a local Telegram in a terminal and a browser."""

import argparse
import sys

from sandbox.server import Server
from sandbox.state import Pace, Sandbox


def main() -> None:
    """Serve until interrupted."""
    usual = Pace()
    parser = argparse.ArgumentParser(prog="sandbox", description="A local Telegram for trying out bots.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this computer only)")
    parser.add_argument("--port", type=int, default=8107)
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
    url = f"http://{options.host}:{options.port}"
    sys.stdout.write(f"Phones:  {url}/\nBot API: {url}/bot<token>/<method>\n")
    sys.stdout.flush()
    pace = Pace(crowd_pause=options.crowd_pause, crowd_silence=options.crowd_silence)
    Server(Sandbox(pace=pace), options.host, options.port).run()


if __name__ == "__main__":
    main()
