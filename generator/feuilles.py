"""Which sheets go into which PDF: a referential's blank ones, a pupil's, those of a class."""

from __future__ import annotations

from collections.abc import Collection

from generator.model import Referentiel
from generator.render.pdf import Feuille, sheets_pdf
from generator.shape.dossier import Dossier
from generator.shape.extrait import extract
from generator.shape.grille import blank_grille
from generator.shape.suivi import blank_suivi


def blank_documents(
    referentiel: Referentiel,
    pole: str = "",
    periode: str = "",
    attendues: Collection[str] = (),
    adresse: str = "",
) -> dict[str, bytes]:
    """The blank sheets by file name: one a pôle, the follow-up sheet, all together.

    `pole` keeps that sheet alone, `periode` that column, `attendues` those rows. Raises
    PdfImpossible.
    """
    scope = extract(referentiel, attendues) if attendues else referentiel
    if periode:
        kept = tuple(p for p in scope.periodes if p.code == periode)
        scope = scope.model_copy(update={"periodes": kept})
    poles = [p for p in scope.poles if not pole or p.code == pole]
    grilles = {
        f"grille-pole-{p.code}": Feuille(
            blank_grille(scope, p), adresse=online(adresse, referentiel, p.code)
        )
        for p in poles
    }
    suivi = Feuille(blank_suivi(scope))
    sheets: dict[str, tuple[Feuille, ...]] = {name: (one,) for name, one in grilles.items()}
    if not pole:
        sheets |= {"suivi": (suivi,), "grilles": (suivi, *grilles.values())}
    return {
        f"{name}.pdf": sheets_pdf(f"{referentiel.sigle}, {name}", own, referentiel.modifie_le)
        for name, own in sheets.items()
    }


def online(adresse: str, referentiel: Referentiel, pole: str) -> str:
    """Where a pôle is on the public site; nothing where no site is known."""
    return adresse and f"{adresse}{referentiel.id}/poles/{pole}/"


def sheets_of(dossier: Dossier, referentiel: Referentiel, adresse: str = "") -> tuple[Feuille, ...]:
    """A pupil's sheets, in order."""
    first = [Feuille(dossier.suivi)]
    if dossier.suite:
        first.append(Feuille(dossier.suivi, suite=dossier.suite))
    grilles = (
        Feuille(grille, adresse=online(adresse, referentiel, grille.pole))
        for grille in dossier.grilles
    )
    return (*first, *grilles)
