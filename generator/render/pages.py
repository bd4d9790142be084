"""The public pages, as plain data: source path → text or bytes; and the navigation.

The addresses are permanent: they get printed. Pages hold front matter (`title`, `genre`,
`template`, `search`), plain Markdown and plain HTML, so that another engine can build them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.model import Referentiel
from generator.render.environment import environment, menu_title
from generator.shape.entete import repere, source_et_version
from generator.shape.fiche import codes_holding, fiches, lignes
from generator.shape.grille import REGLE_VIDE, blank_grille
from generator.shape.mots import entrees
from generator.shape.suivi import blank_suivi

Nav = list[Any]  # MkDocs' own form: a path, or {title: [a path or the same again]}
GRILLES = "Grilles vierges à imprimer"
EN_PDF = "Télécharger en PDF"
ENSEMBLE = "Vue d'ensemble"  # in the menu, below the pôle's own title


def public_pages(referentiels: Iterable[Referentiel], adresse: str = "") -> dict[str, str | bytes]:
    """Every file of the public site that comes from the data, by its path under docs/, but for
    the PDF sheets. `adresse` is that of the site, empty where it is not known.
    """
    env, published = environment(), tuple(referentiels)
    pages: dict[str, str | bytes] = {
        "index.md": _page(env, "accueil", referentiels=published),
        "schemas/referentiel.json": _json(Referentiel.model_json_schema(mode="serialization")),
        **_assets(),
    }
    for referentiel in published:
        texts = [*_reading_pages(env, referentiel), *_sheet_pages(env, referentiel, adresse)]
        pages |= {f"{referentiel.id}/{path}": text for path, text in texts}
    return pages


def navigation(referentiels: Iterable[Referentiel]) -> Nav:
    """Home, then a section a referential: a section a pôle, and the grids."""
    return ["index.md", *(_section_of(referentiel) for referentiel in referentiels)]


def _reading_pages(env: Environment, r: Referentiel) -> Iterator[tuple[str, str]]:
    shared = {"r": r, "source": source_et_version(r), "regle": REGLE_VIDE}
    yield "index.md", _page(env, "referentiel", **shared)
    for pole in r.poles:
        yield f"poles/{pole.code}.md", _page(env, "pole", p=pole, lignes=lignes, **shared)
    every = fiches(r)
    for fiche in every:
        text = _page(env, "competence", f=fiche, **shared)
        yield f"competences/{fiche.competence.code}.md", text
    yield "echelle.md", _page(env, "echelle", **shared)
    if r.avec_activites:
        yield "activites.md", _page(env, "activites", **shared)
    if r.glossaire:
        lieux = {entree: codes_holding(entree, every) for entree in entrees(r.glossaire)}
        yield "glossaire.md", _page(env, "glossaire", lieux=lieux, **shared)
    published = r.model_dump(mode="json", exclude_defaults=True)
    yield "referentiel.json", _json(published)


def _sheet_pages(env: Environment, r: Referentiel, adresse: str) -> Iterator[tuple[str, str]]:
    sheets: Any = env.get_template("feuilles.html.j2").module
    suivi = blank_suivi(r)
    fiche, titre = sheets.suivi(suivi), suivi.entete.intitule
    grilles = [sheets.grille(blank_grille(r, pole, adresse)) for pole in r.poles]
    liens = [(r.sigle, "../index.md"), (titre, "suivi.md")]
    liens += [(repere(r, pole), f"pole-{pole.code}.md") for pole in r.poles]
    liens += [(EN_PDF, "../telechargements/grilles.pdf")]
    yield "grilles/index.md", _sheets(env, GRILLES, liens, [fiche, *grilles])
    retour = (GRILLES, "index.md")
    liens = [retour, (EN_PDF, "../telechargements/suivi.pdf")]
    yield "grilles/suivi.md", _sheets(env, titre, liens, [fiche])
    for pole, grille in zip(r.poles, grilles, strict=True):
        en_pdf = (EN_PDF, f"../telechargements/grille-pole-{pole.code}.pdf")
        liens = [(repere(r, pole), f"../poles/{pole.code}.md"), retour, en_pdf]
        titre = f"Grille vierge : {repere(r, pole)}"
        yield f"grilles/pole-{pole.code}.md", _sheets(env, titre, liens, [grille])


def _sheets(
    env: Environment, titre: str, liens: list[tuple[str, str]], feuilles: list[Markup]
) -> str:
    return _page(env, "grilles", titre=titre, liens=liens, feuilles=feuilles)


def _section_of(r: Referentiel) -> dict[str, Nav]:
    poles: Nav = [
        {
            menu_title(f"{repere(r, pole)} : {pole.intitule}"): [
                {ENSEMBLE: f"{r.id}/poles/{pole.code}.md"},
                *(
                    f"{r.id}/competences/{competence.code}.md"
                    for groupe in pole.groupes
                    for competence in groupe.toutes
                ),
            ]
        }
        for pole in r.poles
    ]
    sheets = ["index.md", "suivi.md", *(f"pole-{pole.code}.md" for pole in r.poles)]
    grilles = {GRILLES: [f"{r.id}/grilles/{sheet}" for sheet in sheets]}
    reading = {
        "Du travail aux compétences": "activites.md" if r.avec_activites else "",
        "Ce que veulent dire les codes": "echelle.md",
        "Les mots à connaître": "glossaire.md" if r.glossaire else "",
    }
    others = [{title: f"{r.id}/{page}"} for title, page in reading.items() if page]
    return {menu_title(r.sigle): [f"{r.id}/index.md", *poles, *others, grilles]}


def _page(env: Environment, name: str, **values: object) -> str:
    text = env.get_template(f"{name}.md.j2").render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _assets() -> dict[str, str | bytes]:
    """The style and the fonts of the sheets, which the private pages will share."""
    folder = files("generator.render") / "assets"
    return {f"assets/feuilles/{item.name}": item.read_bytes() for item in folder.iterdir()}
