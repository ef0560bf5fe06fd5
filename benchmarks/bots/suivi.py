"""Suivi itself, with the ten questions as its event: everything set up, then ``suivi run`` in this process.

Its limits on sending are lifted: the stub has none, and no other bot here keeps any.
"""

import os
import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.bots import INVITATION_FILE, options
from benchmarks.stored import SUIVI_COMMAND, suivi_environment
from bot import cli
from bot.clock import SystemClock

UNLIMITED = 1_000_000
PACK = Path(__file__).parent.parent / "ten_questions_pack.md"


def pack_for(now: datetime) -> str:
    """The event pack, with the event held today and in a zone where it is noon: never in quiet hours."""
    # The sign of these zones is turned round: Etc/GMT-3 is three hours ahead of UTC.
    hours_behind = now.hour - 12
    cells = {
        "start": f"{now:%Y-%m-%d}",
        "end": f"{now + timedelta(days=2):%Y-%m-%d}",
        "timezone": f"Etc/GMT{hours_behind:+d}" if hours_behind else "UTC",
    }
    text = PACK.read_text(encoding="utf-8")
    for setting, value in cells.items():
        text = re.sub(rf"(\| {setting} \|)[^|\n]*\|", rf"\g<1> {value} |", text)
    return text


def suivi(environment: dict[str, str], *arguments: str) -> str:
    """Run one command and return what it printed."""
    done = subprocess.run([*SUIVI_COMMAND, *arguments], env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def main() -> None:
    chosen = options()
    environment = suivi_environment(chosen.data_dir) | {
        "SUIVI_BOT_TOKEN": chosen.token,
        "SUIVI_TELEGRAM_API_URL": chosen.api_url,
        "SUIVI_WEBHOOK_URL": chosen.webhook_url,
        "SUIVI_WEBHOOK_LISTEN": f"127.0.0.1:{chosen.port}",
        "SUIVI_WEBHOOK_SECRET": chosen.secret,
        "SUIVI_SENDS_PER_SECOND": str(UNLIMITED),
        "SUIVI_CHAT_SENDS_PER_SECOND": str(UNLIMITED),
    }
    pack = chosen.data_dir / "pack.md"
    pack.write_text(pack_for(SystemClock().now()), encoding="utf-8")
    suivi(environment, "import", str(pack))
    printed = suivi(environment, "invite", "bench", "--role", "participant")
    code = re.search(r"[?&]start=([\w-]+)", printed)
    if code is None:
        raise SystemExit(f"no invitation link in what `suivi invite` printed: {printed!r}")
    (chosen.data_dir / INVITATION_FILE).write_text(code.group(1))
    os.environ.update(environment)
    cli.main(["run"])


if __name__ == "__main__":
    main()
