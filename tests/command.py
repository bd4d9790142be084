"""A command run in this process: its exit code, and what it says to whoever runs it."""

from __future__ import annotations

import pytest

from generator import cli

EXAMPLE = "data/exemples/agora-2025-2028"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Fails where the command writes on its standard output, which is for `verifier` alone."""
    with pytest.raises(SystemExit) as end:
        cli.main(arguments)
    code = end.value.code
    assert isinstance(code, int)
    out, err = capsys.readouterr()
    assert out == ""
    return code, err
