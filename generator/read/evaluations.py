"""What one key of a promotion or of a pupil cannot say: codes that exist, dates that fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.errors import Erreur, nearest
from generator.evaluation import Promotion
from generator.model import Referentiel
from generator.read.checks import check_periods_and_scale
from generator.read.tree import Node
from generator.values import parse_day


def check_promotion(root: Node, referentiel: Referentiel) -> list[Erreur]:
    """Errors of promotion.yml, read against its referential."""
    errors = check_periods_and_scale(root)
    codes = codes_of(referentiel)
    for period in root.items("periodes"):
        errors += [*_expected(period, codes), *_reversed(period)]
    return errors


def check_evaluation(root: Node, promotion: Promotion) -> Iterator[Erreur]:
    """Errors of a pupil's file, read against the promotion."""
    codes = codes_of(promotion.referentiel)
    scale = promotion.echelle
    levels = (*(n.code for n in scale.niveaux), *(m.code for m in scale.marques))
    periods = {p.code: p for p in promotion.periodes}
    recorded = root.keys.get("periodes")
    for code, period in recorded.keys.items() if recorded else ():
        if code not in periods:
            yield period.error("periode_inconnue", of_key=True, choix=", ".join(periods))
            continue
        yield from _levels(period, codes, levels)
        yield from _unknown_codes(period.keys.get("commentaires"), codes)
        yield from _expected(period, codes)
        for organisme in period.items("organismes"):
            yield from _reversed(organisme)
            yield from _outside(organisme, periods[code].debut, periods[code].fin)


def codes_of(referentiel: Referentiel) -> tuple[str, ...]:
    """The codes that can be marked, in file order: each group, then its competencies."""
    return tuple(element.code for element in referentiel.notables)


def _levels(period: Node, codes: tuple[str, ...], levels: tuple[str, ...]) -> Iterator[Erreur]:
    marked = period.keys.get("niveaux")
    yield from _unknown_codes(marked, codes)
    for node in marked.keys.values() if marked else ():
        if node.text and node.text not in levels:
            yield node.error("niveau_inconnu", choix=", ".join(levels))


def _unknown_codes(mapping: Node | None, codes: tuple[str, ...]) -> Iterator[Erreur]:
    for code, node in mapping.keys.items() if mapping else ():
        if code not in codes:
            yield node.error("competence_inconnue", of_key=True, proche=nearest(code, codes))


def _expected(period: Node, codes: tuple[str, ...]) -> Iterator[Erreur]:
    for node in period.items("attendues"):
        if node.text and node.text not in codes:
            yield node.error("competence_inconnue", proche=nearest(node.text, codes))


def _reversed(element: Node) -> Iterator[Erreur]:
    start, end = _day(element, "debut"), _day(element, "fin")
    if start and end and start > end:
        yield element.keys["fin"].error("dates_inversees")


def _outside(organisme: Node, start: date | None, end: date | None) -> Iterator[Erreur]:
    """The organisation's dates lie in those of the period, where these are known."""
    for key in ("debut", "fin"):
        day = _day(organisme, key)
        if day and ((start and day < start) or (end and day > end)):
            node = organisme.keys[key]
            yield node.error("dates_hors_periode", debut=start or "…", fin=end or "…")
            return


def _day(element: Node, key: str) -> date | None:
    node = element.keys.get(key)
    return parse_day(node.text) if node else None
