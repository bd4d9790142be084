"""`Dossier`: one pupil on paper (the follow-up sheet, then a sheet a pôle) and on a screen."""

from __future__ import annotations

from typing import NamedTuple

from generator.evaluation import Evaluation, PeriodeDatee, Promotion
from generator.shape.couverture import Couverture, Etat, coverage
from generator.shape.entete import Champ
from generator.shape.extrait import extract
from generator.shape.grille import Cellule, Grille, grille
from generator.shape.rempli import filled_suivi, words
from generator.shape.suivi import Suivi


class Tirage(NamedTuple):
    """How it is asked for: `periode` is the one to fill in, `attendues` its rows alone."""

    periode: str = ""
    attendues: bool = False
    anonyme: bool = False
    adresse: str = ""


class Resume(NamedTuple):
    """What the pupil reads on a screen: done and where, left to do, the tutor's words."""

    phrases: tuple[str, ...]
    faites: tuple[tuple[Champ, Etat], ...]
    restent: tuple[Champ, ...]
    mots: tuple[Champ, ...]


class Dossier(NamedTuple):
    """`vides` are the blank sheets that keep two pupils off the same leaf."""

    eleve: str
    nom: str
    classe: str
    suivi: Suivi
    suite: tuple[Champ, ...]
    grilles: tuple[Grille, ...]
    vides: int
    resume: Resume
    couverture: Couverture


def dossier(promotion: Promotion, evaluation: Evaluation, tirage: Tirage) -> Dossier:
    """The dossier of one pupil."""
    nom, identite = _identity(promotion, evaluation, tirage)
    periodes = _shown_periods(promotion, tirage)
    expected = _expected(promotion, evaluation, tirage)
    scope = promotion.referentiel
    if tirage.attendues:
        scope = extract(scope, expected)
    suivi, suite, extra = filled_suivi(promotion, evaluation, identite, anonyme=tirage.anonyme)

    def cells(code: str) -> tuple[Cellule, ...]:
        return tuple(
            Cellule(p.code, "", code in expected)
            if p.code == tirage.periode
            else Cellule(p.code, evaluation.periode(p.code).niveaux.get(code, ""))
            for p in periodes
        )

    grilles = tuple(
        grille(scope, pole, periodes, promotion.echelle, identite, cells, tirage.adresse)
        for pole in scope.poles
    )
    covered = coverage(promotion, evaluation)
    said = () if tirage.anonyme else tuple(words(promotion, evaluation))
    return Dossier(
        eleve=evaluation.id,
        nom=nom,
        classe=evaluation.eleve.classe,
        suivi=suivi,
        suite=suite,
        grilles=grilles,
        vides=(1 + extra + len(grilles)) % 2,
        resume=_resume(promotion, covered, said),
        couverture=covered,
    )


def expanded(promotion: Promotion, codes: tuple[str, ...]) -> frozenset[str]:
    """The codes, and for a group's those of all its competencies."""
    groupes = [groupe for groupe in promotion.referentiel.groupes if groupe.code in codes]
    inside = {competence.code for groupe in groupes for competence in groupe.toutes}
    return frozenset({*codes, *inside})


def _identity(
    promotion: Promotion, evaluation: Evaluation, tirage: Tirage
) -> tuple[str, tuple[Champ, ...]]:
    eleve = evaluation.eleve
    nom = f"Élève {evaluation.id}" if tirage.anonyme else f"{eleve.nom} {eleve.prenom}"
    fields = (("Nom et prénom", nom), ("Classe", eleve.classe))
    etablissement = ("Établissement", promotion.etablissement)
    return nom, tuple(Champ(label, value) for label, value in (*fields, etablissement))


def _shown_periods(promotion: Promotion, tirage: Tirage) -> tuple[PeriodeDatee, ...]:
    """All of them, or those up to the one to fill in."""
    codes = [periode.code for periode in promotion.periodes]
    last = codes.index(tirage.periode) + 1 if tirage.periode else len(codes)
    return promotion.periodes[:last]


def _expected(promotion: Promotion, evaluation: Evaluation, tirage: Tirage) -> frozenset[str]:
    """What the placement to fill in is for: the pupil's own list, else the promotion's."""
    own = evaluation.periode(tirage.periode).attendues
    shared = [p.attendues for p in promotion.periodes if p.code == tirage.periode]
    return expanded(promotion, own or next(iter(shared), ()))


def _resume(promotion: Promotion, covered: Couverture, comments: tuple[Champ, ...]) -> Resume:
    notables = promotion.referentiel.notables
    titles = {element.code: Champ(element.code, element.intitule) for element in notables}
    every = (*covered.groupes, *covered.competences)
    order = {code: rank for rank, code in enumerate(titles)}
    done = sorted((etat for etat in every if etat.notes), key=lambda etat: order[etat.code])
    left = [e for e in covered.competences if not (e.couverte or e.exclue)]
    return Resume(
        phrases=counted(covered),
        faites=tuple((titles[etat.code], etat) for etat in done),
        restent=tuple(titles[etat.code] for etat in left),
        mots=comments,
    )


def counted(covered: Couverture) -> tuple[str, ...]:
    """The two counts, each with what it counts."""
    competences, groupes = covered.competences_couvertes, covered.groupes_couverts
    return (
        f"Compétences couvertes : {competences[0]} sur {competences[1]}.",
        f"Groupes couverts : {groupes[0]} sur {groupes[1]}.",
        f"Semaines en entreprise : {covered.semaines}.",
    )
