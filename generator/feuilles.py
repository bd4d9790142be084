"""Which blank sheets go into which PDF."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import partial

from generator.errors import PdfImpossible
from generator.model import Referentiel
from generator.render.pdf import Feuille, sheets_pdf
from generator.shape.extrait import extract
from generator.shape.grille import blank_grille
from generator.shape.suivi import blank_suivi

Maker = Callable[[], bytes]


def blank_documents(
    referentiel: Referentiel,
    pole: str = "",
    periode: str = "",
    attendues: Collection[str] = (),
    adresse: str = "",
) -> dict[str, Maker]:
    """What makes the blank sheets, by file name: one a pôle, the follow-up sheet, all together.

    `pole` keeps that sheet alone, `periode` that column, `attendues` those rows. Each call takes
    a tenth of a second, and raises PdfImpossible.
    """
    scope = extract(referentiel, attendues) if attendues else referentiel
    if periode:
        kept = tuple(p for p in scope.periodes if p.code == periode)
        scope = scope.model_copy(update={"periodes": kept})
    poles = [p for p in scope.poles if not pole or p.code == pole]
    grilles = {f"grille-pole-{p.code}": Feuille(blank_grille(scope, p, adresse)) for p in poles}
    suivi = Feuille(blank_suivi(scope))
    sheets: dict[str, tuple[Feuille, ...]] = {name: (one,) for name, one in grilles.items()}
    if not pole:
        sheets |= {"suivi": (suivi,), "grilles": (suivi, *grilles.values())}
    return {
        f"{name}.pdf": partial(_document, referentiel.sigle, name, own, referentiel.modifie_le)
        for name, own in sheets.items()
    }


def _document(sigle: str, name: str, sheets: Sequence[Feuille], jour: date) -> bytes:
    try:
        return sheets_pdf(f"{sigle}, {name}", sheets, jour)
    except PdfImpossible as impossible:
        raise PdfImpossible(impossible.reason, f"{sigle}, {name}") from None
