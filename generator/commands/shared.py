"""What the commands share: how they speak, how they refuse words that they do not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import click

from generator.errors import Erreur
from generator.french import UsageRefusee

SANS_ADRESSE = "Adresse publique inconnue, donc pas de code à scanner sur les grilles : {}."

BAD_SITE = "l'adresse du site (« site_url » de mkdocs.yml, ou SITE_URL) commence par https://"


def require(wrong: Collection[str], sentence: str) -> None:
    if wrong:
        raise UsageRefusee(f"{', '.join(sorted(wrong))} : {sentence}.")


def say_notes(notes: Iterable[Erreur]) -> None:
    for note in notes:
        say(f"Note : {note}")


def say(text: str) -> None:
    click.echo(text, err=True)


def address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """A public address as codes to scan need it, with its slash at the end."""
    from generator.values import is_address  # loads pydantic, which `site` does without

    whole = value if not value or value.endswith("/") else f"{value}/"
    require([] if not whole or is_address(whole) else [value], "une adresse commence par https://")
    return whole
