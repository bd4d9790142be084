"""Door 1: the commands, and what each ends with."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

import click

from generator.commands import paper, private, public
from generator.french import Group
from generator.outcome import DONE, outcome


@click.group(cls=Group, options_metavar="[OPTIONS]", subcommand_metavar="COMMANDE …")
@click.version_option(
    package_name="grilles-pfmp", message="%(version)s", help="Affiche le numéro de version."
)
def grilles() -> None:
    """Les compétences attendues en entreprise, en pages à lire et en grilles à imprimer."""


for command in (public.verifier, public.site, public.servir, public.pages,
                paper.pdf, private.eleves, private.fuites):  # fmt: skip
    grilles.add_command(command)


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Runs a command and exits: 0 done, 1 wrong data, 2 wrong usage, 3 refused, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot show « or …
    sys.exit(_run(lambda: grilles.main(args, prog_name="grilles", standalone_mode=False)))


def _run(command: Callable[[], object]) -> int:
    try:
        command()
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("GRILLES_TRACE"):
            raise
        code, text = outcome(error)
        click.echo(text, err=True)
        return code
    return DONE
