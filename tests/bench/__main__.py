"""`python -m tests.bench`: every figure; `--court`: each once, small, to see that they run."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import building, printing, pupils, reading, visiting


def main() -> None:
    short = "--court" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reading.run(short)
        visiting.run(short, folder)
        building.run(short, folder)
        pupils.run(short, folder)
        printing.run(short, folder)


if __name__ == "__main__":
    main()
