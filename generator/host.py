"""Runs MkDocs from outside, as a subprocess of the working folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

# The theme announces its end of life in ten lines on every run, even a quiet one.
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}


class ConstructionRefusee(Exception):
    """MkDocs refused to build; `output` is what it said, in its own words."""

    def __init__(self, output: str) -> None:
        self.output = output
        super().__init__(output)


def build(site: Path) -> None:
    """Builds the site of the working folder, strictly. Raises ConstructionRefusee."""
    # Not --quiet: it hides warnings from the very counter that --strict looks at.
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        env={**os.environ, **_QUIET},
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise ConstructionRefusee((done.stderr + done.stdout).strip())


def serve(port: int) -> int:
    """Serves the site to this machine only, until it is interrupted. Returns the exit code.

    Wrong data are shown as the page (see `hook`), so a warning must not end the server.
    Raises OSError (EADDRINUSE) where the port is taken.
    """
    socket.create_server(("127.0.0.1", port)).close()
    command = ["serve", "--no-strict", "-q", "--dev-addr", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", *command],
        env={**os.environ, **_QUIET, "GRILLES_SERVIR": "1"},
    )
    try:
        return process.wait()
    finally:
        process.terminate()
        process.wait()
