"""Times things side by side, in the same run: a machine's mood touches both alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

# Modules are compiled once and kept, as on anybody's machine, whatever is set on this one.
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "NO_MKDOCS_2_WARNING": "1"}
Action = Callable[[], object]
# The parser that the project uses: libyaml's, where it is there.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def seconds(action: Action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def medians(runs: int, *actions: Action) -> list[float]:
    """The median time of each, in seconds; they take turns, after one round for nothing."""
    for action in actions:
        action()
    rounds = [[seconds(action) for action in actions] for _ in range(runs)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)]


def say(name: str, value: float, aim: float | None, unit: str = "") -> None:
    """A line of the report; an aim that is missed is marked, and fails nothing. None: too small
    a run to aim at anything.
    """
    mark = "   <-- above its aim" if aim is not None and value > aim else ""
    told = f"(aim {aim:g})" if aim is not None else "(small run)"
    print(f"{name:<72} {value:8.2f}{unit:<3} {told}{mark}", flush=True)  # noqa: T201


def peak(project: Path, *arguments: str) -> float:
    """The largest memory of the command or of any of its processes, in MB."""
    code = (
        "import resource, subprocess, sys;"
        "subprocess.run(sys.argv[1:], check=True, capture_output=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, sys.executable, "-m", "generator", *arguments]
    done = subprocess.run(
        command, cwd=project, env=os.environ, capture_output=True, text=True, check=True
    )
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return int(done.stdout) / scale
