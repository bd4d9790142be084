"""Sheets on paper, as PDF: the same shapes as the pages. Alone knows Typst.

Tagged for screen readers (PDF/UA-1); `reliure` declares the headers of rows, which Typst cannot.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.errors import PdfImpossible
from generator.render.qr import qr_svg
from generator.shape.entete import Champ
from generator.shape.grille import Grille
from generator.shape.suivi import Suivi

if TYPE_CHECKING:
    from generator.render.reliure import Document

UNKNOWN = "la mise en page a échoué"


class Feuille(NamedTuple):
    """A sheet: a grid, the follow-up sheet, or the comments that it cannot hold (`suite`)."""

    forme: Grille | Suivi
    suite: tuple[Champ, ...] = ()


def sheets_pdf(
    titre: str, feuilles: Sequence[Feuille], jour: date, *, recto_verso: bool = False
) -> bytes:
    """One document of these sheets, numbered; `titre` is neutral, `jour` its only date. With
    `recto_verso` it has an even number of pages.

    Raises PdfImpossible: a character without a glyph is never an empty box, and a text that no
    sheet can hold is never cut.
    """
    sheets = [_plain_sheet(feuille) for feuille in feuilles]
    source: dict[str, Any] = {"titre": titre, "feuilles": sheets, "essayer": False}
    # On each page: a loose one must find its pupil again. A name too long for that is on the first.
    nom = feuilles[0].forme.identite[0].valeur
    source["nom"] = nom if len(nom) <= 45 else ""
    if missing := sorted(set(json.dumps(source, ensure_ascii=False)) - _drawn()):
        points = ", ".join(f"U+{ord(char):04X}" for char in missing)
        raise PdfImpossible(f"la police n'a pas de dessin pour {points}")
    words = json.dumps([(s["forme"], s["commentaires"]) for s in sheets], ensure_ascii=False)
    source["casser"] = re.search(r'[^\s"]{24}', words) is not None  # slower, and seldom

    try:
        document, pages = _finished(source, feuilles, jour, recto_verso)
    except PdfImpossible:
        pages = 0
    if pages != len(feuilles) + recto_verso * (len(feuilles) % 2):
        # A sheet spills: other shares of its columns may hold it on one page. To try them, and to
        # find what is too long, takes as long as all the rest, hence only here.
        document, _ = _finished(source | {"essayer": True}, feuilles, jour, recto_verso)
    return document


def _finished(
    source: dict[str, Any], feuilles: Sequence[Feuille], jour: date, even: bool
) -> Document:
    from generator.render.reliure import finished  # slow to load, like Typst

    headers = [row for feuille in feuilles for row in _row_headers(feuille)]
    return finished(_compiled(source, jour), headers, even=even)


def _compiled(source: dict[str, Any], jour: date) -> bytes:
    import typst  # most commands never print

    midnight = int(datetime.combine(jour, time(), UTC).timestamp())
    with as_file(files("generator.render")) as folder:
        try:
            document, warnings = typst.compile_with_warnings(
                folder / "templates" / "feuilles.typ",
                font_paths=[folder / "assets"],
                ignore_system_fonts=True,
                sys_inputs={"donnees": json.dumps(source)},
                pdf_standards="ua-1",
                timestamp=midnight,
            )
        except typst.TypstError as error:
            raise PdfImpossible(_reason(str(error))) from error
    if warnings or document is None:
        raise PdfImpossible(UNKNOWN)
    return document


def _reason(said: str) -> str:
    """What our own template refused, by its French name; whatever else is ours to mend."""
    if named := re.search(r'panicked with: "?([^"\n]+)', said):
        return f"{named[1]} : ce texte est trop long pour une feuille"
    return UNKNOWN


def _plain_sheet(feuille: Feuille) -> dict[str, Any]:
    forme = feuille.forme
    adresse = forme.adresse if isinstance(forme, Grille) else ""
    genre = "grille" if isinstance(forme, Grille) else "suivi"
    return {
        "genre": "suite" if feuille.suite else genre,
        "forme": _plain(forme),
        "commentaires": _plain(feuille.suite),
        "qr": qr_svg(adresse) if adresse else "",
    }


@cache
def _drawn() -> frozenset[str]:
    """The characters that the fonts declare, in the style of the pages."""
    style = (files("generator.render") / "assets" / "feuilles.css").read_text(encoding="utf-8")
    found = set("\n")
    for start, end in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", style):
        found |= {chr(code) for code in range(int(start, 16), int(end or start, 16) + 1)}
    return frozenset(found)


def _plain(value: Any) -> Any:
    """Named tuples as mappings, all the way down."""
    if isinstance(value, tuple):
        if fields := getattr(value, "_fields", ()):
            return {name: _plain(inner) for name, inner in zip(fields, value, strict=True)}
        return [_plain(inner) for inner in value]
    return value


def _row_headers(feuille: Feuille) -> Iterator[int]:
    """For each row of the body of its table, the rank of the cell that heads it."""
    if isinstance(feuille.forme, Grille):
        for section in feuille.forme.sections:
            yield 0
            yield from (1 if rang.portee else 0 for rang in section.rangs)
    elif not feuille.suite:
        yield from (0 for _ in feuille.forme.rangs)
