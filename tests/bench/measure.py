"""Times things side by side, in the same run: a machine's mood touches both alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import yaml

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
