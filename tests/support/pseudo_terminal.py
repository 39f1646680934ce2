"""Runs a command as on a terminal, and reads what it shows."""

from __future__ import annotations

import fcntl
import os
import struct
import subprocess
import sys
import termios

from paths import ROOT


def shown_on_terminal(
    *arguments: str, width: int = 80, height: int = 1000, **environment: str
) -> str:
    """What `hrge` shows on a terminal of this size, with Unix ends of lines."""
    leader, follower = os.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    given = {name: value for name, value in os.environ.items() if name not in _DECIDING}
    given |= {"TERM": "xterm-256color", **environment}
    command = [sys.executable, "-m", "hrge_kg", *arguments]
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=subprocess.DEVNULL, cwd=ROOT, env=given
    ):
        os.close(follower)
        shown = _read(leader)
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


_DECIDING = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PAGER", "MANPAGER", "LESS")


def _read(leader: int) -> bytes:
    shown = b""
    while True:
        try:
            part = os.read(leader, 10_000)
        except OSError:  # the other end is closed
            return shown
        if not part:
            return shown
        shown += part
