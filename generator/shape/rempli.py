"""The follow-up sheet of a pupil: the blank one, with what was recorded and what was said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import ceil

from generator.evaluation import (
    RIEN,
    Evaluation,
    Organisme,
    PeriodeDatee,
    PeriodeEvaluee,
    Promotion,
)
from generator.shape.entete import Champ, date_courte
from generator.shape.suivi import LIGNES_VIERGES, RangSuivi, Suivi, blank_suivi

# What fits, at 8.5 pt: characters of a line in one of the two columns of the comments, lines on
# the follow-up sheet and on a sheet of their own, characters of a bilan in its cell.
LINE, SHEET_LINES, SUITE_LINES, BILAN = 85, 14, 90, 190


def filled_suivi(
    promotion: Promotion, evaluation: Evaluation, identite: tuple[Champ, ...], *, anonyme: bool
) -> tuple[Suivi, tuple[Champ, ...], int]:
    """The sheet of a pupil, the comments that do not fit on it, and the sheets these take.

    `anonyme` leaves out whatever may hold a name: organisations, tutors, free texts.
    """
    comments = () if anonyme else tuple(words(promotion, evaluation, BILAN))
    kept, suite = _split(comments)
    rows = tuple(
        _row(periode, RIEN if anonyme else evaluation.periode(periode.code))
        for periode in promotion.periodes
    )
    sheet = blank_suivi(promotion.referentiel)._replace(
        identite=identite,
        rangs=rows,
        commentaires=kept,
        lignes=LIGNES_VIERGES if _lines(kept) <= SHEET_LINES - 8 else 0,
    )
    return sheet, suite, ceil(_lines(suite) / SUITE_LINES)


def _row(periode: PeriodeDatee, recorded: PeriodeEvaluee) -> RangSuivi:
    organismes = recorded.organismes or (Organisme.model_construct(nom=""),)
    dates = [_dates(o.debut or periode.debut, o.fin or periode.fin) for o in organismes]
    return RangSuivi(
        periode=periode.code,
        intitule=periode.intitule,
        annee=periode.annee,
        organisme=" / ".join(o.nom for o in organismes),
        tuteur=" / ".join(_tutor(o) for o in organismes if o.tuteur),
        dates=" / ".join(dates) if any(dates) else "",
        semaines=str(recorded.semaines or ""),
        bilan=recorded.bilan if len(recorded.bilan) <= BILAN else "Voir les commentaires.",
    )


def _tutor(organisme: Organisme) -> str:
    return f"{organisme.tuteur}, {organisme.fonction}" if organisme.fonction else organisme.tuteur


def _dates(start: date | None, end: date | None) -> str:
    days = [date_courte(day) for day in (start, end) if day]
    return " – ".join(days)


def words(promotion: Promotion, evaluation: Evaluation, longer_than: int = 0) -> Iterator[Champ]:
    """What was said, period by period: the bilan, if longer than that, then each comment."""
    codes = [element.code for element in promotion.referentiel.notables]
    for periode in promotion.periodes:
        recorded = evaluation.periode(periode.code)
        if len(recorded.bilan) > longer_than:
            yield Champ(f"Bilan, {periode.code}", recorded.bilan)
        for code in codes:
            if text := recorded.commentaires.get(code):
                yield Champ(f"{code}, {periode.code}", text)


def _split(comments: tuple[Champ, ...]) -> tuple[tuple[Champ, ...], tuple[Champ, ...]]:
    """What fits on the follow-up sheet, and what goes on one of its own."""
    counts = range(len(comments), -1, -1)
    count = next(n for n in counts if _lines(comments[:n]) <= SHEET_LINES)
    return comments[:count], comments[count:]


def _lines(comments: tuple[Champ, ...]) -> int:
    return sum(ceil((len(c.libelle) + 3 + len(c.valeur)) / LINE) for c in comments)
