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

from generator.errors import DonneesInvalides, Erreur
from generator.read.promotion import Lecture, read_eleve
from generator.render.dossier import dossier_page, promotion_page
from generator.shape.dossier import Tirage, dossier
from generator.shape.tableau import Rangee, rangee, tableau
from generator.write import write_private

MARK = ".grilles"  # in every folder of ours: what has it may be replaced
CHUNK = 50  # pupils a process takes at a time; fewer than two chunks are not worth a process


class Travail(NamedTuple):
    """What a process needs to know."""

    lecture: Lecture
    tirage: Tirage
    folder: Path


class Lot(NamedTuple):
    """What it gives back for its pupils."""

    rangees: tuple[Rangee, ...]
    erreurs: tuple[Erreur, ...]


def fill_private(
    lecture: Lecture,
    eleves: Sequence[str],
    tirage: Tirage,
    folder: Path,
    progress: Callable[[int], object] = lambda _: None,
) -> tuple[Rangee, ...]:
    """Writes the files of these pupils, and the promotion's page when it is whole.

    `progress` is told how many pupils have just been done. Raises DonneesInvalides with the
    errors of all of them.
    """
    work = Travail(lecture, tirage, folder)
    rows: list[Rangee] = []
    errors: list[Erreur] = []
    for lot in _lots(work, eleves):
        rows += lot.rangees
        errors += lot.erreurs
        progress(min(CHUNK, len(eleves)))
    if errors:
        raise DonneesInvalides(errors)
    write_private(folder, MARK, "")
    if tuple(eleves) == lecture.promotion.eleves and tirage == Tirage(
        anonyme=tirage.anonyme, adresse=tirage.adresse
    ):
        page = promotion_page(tableau(lecture.promotion, rows))
        write_private(folder, "index.html", page)
    return tuple(rows)


def homonyms(rows: Sequence[Rangee]) -> list[tuple[str, ...]]:
    """Identifiers that share a name, whatever the case."""
    by_name: dict[str, list[str]] = {}
    for row in rows:
        by_name.setdefault(row.nom.casefold(), []).append(row.eleve)
    return [tuple(eleves) for eleves in by_name.values() if len(eleves) > 1]


def _lots(work: Travail, eleves: Sequence[str]) -> Iterator[Lot]:
    chunks = [tuple(eleves[i : i + CHUNK]) for i in range(0, len(eleves), CHUNK)]
    cores = min(os.cpu_count() or 1, len(chunks))
    if cores < 2:
        yield from (_lot(work, chunk) for chunk in chunks)
        return
    with ProcessPoolExecutor(cores) as pool:
        yield from pool.map(partial(_lot, work), chunks)


def _lot(work: Travail, eleves: tuple[str, ...]) -> Lot:
    rows: list[Rangee] = []
    errors: list[Erreur] = []
    promotion = work.lecture.promotion
    for eleve in eleves:
        evaluation, wrong = read_eleve(work.lecture, eleve)
        errors += wrong
        if evaluation is None:
            continue
        shaped = dossier(promotion, evaluation, work.tirage)
        write_private(work.folder, f"{eleve}.html", dossier_page(shaped, work.tirage.adresse))
        rows.append(rangee(promotion, shaped))
    return Lot(tuple(rows), tuple(errors))
