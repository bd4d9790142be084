"""Sheets on paper, as PDF: the same shapes as the pages. Alone knows Typst and pikepdf.

Tagged for screen readers (PDF/UA-1). Typst cannot declare the header of a row: a second pass does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Any, NamedTuple

from generator.errors import PdfImpossible
from generator.render.qr import qr_svg
from generator.shape.entete import Champ
from generator.shape.grille import Grille
from generator.shape.suivi import Suivi


class Feuille(NamedTuple):
    """A sheet: a grid, the follow-up sheet, the comments that it cannot hold, or nothing.
    `adresse` is where its pôle is on line: in letters, and as a code to scan.
    """

    forme: Grille | Suivi | None = None
    numero: str = ""
    suite: tuple[Champ, ...] = ()
    adresse: str = ""


VIDE = Feuille()


def sheets_pdf(titre: str, feuilles: Sequence[Feuille], jour: date) -> bytes:
    """One document of these sheets, in order; `titre` is neutral, `jour` its only date.

    Raises PdfImpossible: a character without a glyph is never an empty box.
    """
    import typst  # slow to load, and most commands never print

    source = {"titre": titre, "feuilles": [_plain_sheet(feuille) for feuille in feuilles]}
    if missing := sorted(set(json.dumps(source, ensure_ascii=False)) - _drawn()):
        raise PdfImpossible(", ".join(f"U+{ord(char):04X}" for char in missing))
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
            raise PdfImpossible("") from error
    if warnings or document is None:
        raise PdfImpossible("")
    headers = [row for feuille in feuilles for row in _row_headers(feuille)]
    return _with_row_headers(document, headers)


def _plain_sheet(feuille: Feuille) -> dict[str, Any]:
    genre = "grille" if isinstance(feuille.forme, Grille) else "suivi" if feuille.forme else "vide"
    return {
        "genre": "suite" if feuille.suite else genre,
        "forme": _plain(feuille.forme),
        "commentaires": _plain(feuille.suite),
        "numero": feuille.numero,
        "adresse": feuille.adresse,
        "qr": qr_svg(feuille.adresse) if feuille.adresse else "",
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
    elif feuille.forme and not feuille.suite:
        yield from (0 for _ in feuille.forme.rangs)


def _with_row_headers(document: bytes, ranks: Sequence[int]) -> bytes:
    """The same document where these cells are headers of their row."""
    import pikepdf

    with pikepdf.open(BytesIO(document)) as pdf:
        rows = list(_body_rows(pdf.Root.StructTreeRoot))
        for row, rank in zip(rows, ranks, strict=True):
            cell = _children(row)[rank]
            cell.S = pikepdf.Name.TH
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            cell.A = pikepdf.Array([*attributes_of(cell), scope])
        saved = BytesIO()
        pdf.save(
            saved,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return saved.getvalue()


def _body_rows(root: Any) -> Iterator[Any]:
    """Every TR below a TBody, in reading order."""
    for element in _children(root):
        if element.get("/S") == "/TBody":
            yield from (row for row in _children(element) if row.get("/S") == "/TR")
        else:
            yield from _body_rows(element)


def _children(element: Any) -> list[Any]:
    import pikepdf

    kids = element.get("/K", [])
    each = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in each if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def attributes_of(element: Any) -> list[Any]:
    """What a structure element declares: one set of attributes, several, or none."""
    import pikepdf

    found = element.get("/A")
    return list(found) if isinstance(found, pikepdf.Array) else [found] if found else []
