"""What a private build needs: pupils one by one, over the cores, into a folder of their own.

Each pupil is read, shaped, rendered and written, then forgotten but for a row of the promotion's
page. Nothing is delivered before every file has passed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.errors import DonneesInvalides, Erreur, Lieu, PdfImpossible, erreur
from generator.read.files import shown
from generator.read.promotion import Lecture, read_eleve
from generator.render.dossier import dossier_page, promotion_page
from generator.render.pdf import Feuille, sheets_pdf
from generator.shape.dossier import Dossier, Tirage, dossier
from generator.shape.tableau import Rangee, rangee, tableau
from generator.write import MARK, write_private

# Pupils that a process takes at a time, and that one document of the promotion holds: what a
# copier takes in one go.
CHUNK = 30


Progress = Callable[[int], object]  # told how many more pupils are done


class Travail(NamedTuple):
    """What a process needs to know."""

    lecture: Lecture
    tirage: Tirage
    folder: Path
    pdf: bool


class Lot(NamedTuple):
    """What it gives back for its pupils."""

    rangees: tuple[Rangee, ...]
    erreurs: tuple[Erreur, ...]


def fill_private(
    lecture: Lecture,
    eleves: Sequence[str],
    tirage: Tirage,
    folder: Path,
    *,
    pdf: bool = False,
    progress: Progress = lambda _: None,
) -> tuple[Rangee, ...]:
    """Writes the files of these pupils, and the promotion's page when it is whole.

    `progress` is told how many pupils have just been done. Raises DonneesInvalides with the
    errors of all of them.
    """
    work = Travail(lecture, tirage, folder, pdf)
    rows: list[Rangee] = []
    errors: list[Erreur] = []
    for lot in _lots(work, eleves, progress):
        rows += lot.rangees
        errors += lot.erreurs
    if errors:
        raise DonneesInvalides(errors)
    write_private(folder, MARK, "")
    if tuple(eleves) == lecture.promotion.eleves and not tirage.periode:
        page = promotion_page(tableau(lecture.promotion, rows))
        write_private(folder, "index.html", page)
    return tuple(rows)


def homonyms(rows: Sequence[Rangee]) -> list[tuple[str, ...]]:
    """Identifiers that share a name, whatever the case."""
    by_name: dict[str, list[str]] = {}
    for row in rows:
        by_name.setdefault(row.nom.casefold(), []).append(row.eleve)
    return [tuple(eleves) for eleves in by_name.values() if len(eleves) > 1]


def _lots(work: Travail, eleves: Sequence[str], progress: Progress) -> Iterator[Lot]:
    starts = enumerate(range(0, len(eleves), CHUNK), 1)
    chunks = [(rank, tuple(eleves[start : start + CHUNK])) for rank, start in starts]
    cores = min(os.cpu_count() or 1, len(chunks))
    if cores < 2:
        yield from (_lot(work, chunk, progress) for chunk in chunks)
        return
    with ProcessPoolExecutor(cores) as pool:
        for (_, done), lot in zip(chunks, pool.map(partial(_lot, work), chunks), strict=True):
            progress(len(done))
            yield lot


def _lot(
    work: Travail, chunk: tuple[int, tuple[str, ...]], progress: Progress = lambda _: None
) -> Lot:
    rows: list[Rangee] = []
    errors: list[Erreur] = []
    printed: list[tuple[str, bytes]] = []
    promotion = work.lecture.promotion
    rank, eleves = chunk
    for eleve in eleves:
        evaluation, wrong = read_eleve(work.lecture, eleve)
        progress(1)
        errors += wrong
        if evaluation is None:
            continue
        shaped = dossier(promotion, evaluation, work.tirage)
        write_private(work.folder, f"{eleve}.html", dossier_page(shaped, work.tirage.adresse))
        rows.append(rangee(promotion, shaped))
        if work.pdf:
            try:
                printed.append((eleve, _pdf(work, shaped)))
            except PdfImpossible as impossible:
                place = Lieu(shown(work.lecture.folder / f"{eleve}.yml"))
                errors.append(erreur(place, "impression", raison=impossible.reason))
                continue
            write_private(work.folder, f"{eleve}.pdf", printed[-1][1])
    if printed and not errors:
        from generator.render.reliure import bound  # slow to load, and for paper only

        whole = bound(f"Promotion, cahier {rank}", printed)
        write_private(work.folder, f"promotion-{rank:02}.pdf", whole)
    return Lot(tuple(rows), tuple(errors))


def sheets_of(dossier: Dossier) -> tuple[Feuille, ...]:
    """A pupil's sheets, in order."""
    first = [Feuille(dossier.suivi)]
    if dossier.suite:
        first.append(Feuille(dossier.suivi, suite=dossier.suite))
    return (*first, *map(Feuille, dossier.grilles))


def _pdf(work: Travail, shaped: Dossier) -> bytes:
    day = work.lecture.promotion.referentiel.modifie_le
    return sheets_pdf(f"Grille {shaped.eleve}", sheets_of(shaped), day, recto_verso=True)
