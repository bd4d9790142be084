"""Reading AGOrA, checked, against the parser alone."""

from __future__ import annotations

import yaml

from generator.read.referentiel import read_referentiels
from tests.bench.measure import LOADER, medians, say
from tests.projects import ROOT

AGORA = ROOT / "data" / "agora-2020"


def run(short: bool) -> None:
    files = [*sorted(AGORA.glob("*.yml")), ROOT / "data" / "echelles" / "lsl-pro.yml"]
    assert len(files) == 6
    contents = [path.read_bytes() for path in files]

    def bare() -> object:
        return [yaml.compose(content, Loader=LOADER) for content in contents]

    read, compose = medians(5 if short else 200, lambda: read_referentiels([AGORA]), bare)
    say("read of AGOrA / bare yaml.compose of the same bytes", read / compose, 2.5)
