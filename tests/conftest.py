"""The one option of these tests."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--recrire",
        action="store_true",
        help="réécrit les « attendu.txt » de tests/cas avec ce que la commande dit maintenant "
        "(relisez-les un par un avant de les garder)",
    )
