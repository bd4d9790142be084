"""The errors as a page, for whoever edits the data under `grilles servir`."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors import Erreur
from generator.render.environment import environment


def error_page(erreurs: Iterable[Erreur]) -> str:
    """A whole HTML page that needs nothing else and looks again every three seconds."""
    return environment().get_template("erreurs.html.j2").render(erreurs=tuple(erreurs))
