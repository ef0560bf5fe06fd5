"""`python -m sandbox`: a local Telegram in a terminal and a browser."""

import argparse
import sys

from sandbox.server import Server
from sandbox.state import Sandbox


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="sandbox", description="A local Telegram for trying out bots.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this computer only)")
    parser.add_argument("--port", type=int, default=8107)
    options = parser.parse_args()
    url = f"http://{options.host}:{options.port}"
    sys.stdout.write(f"Phones:  {url}/\nBot API: {url}/bot<token>/<method>\n")
    sys.stdout.flush()
    Server(Sandbox(), options.host, options.port).run()


if __name__ == "__main__":
    main()
