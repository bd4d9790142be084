"""Every page of the real site is read back and compared with the data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from generator.model import Referentiel
from generator.read.referentiel import read_referentiels
from generator.shape.fiche import fiches
from tests.projects import ROOT

HOST = "https://site.invalid/"
# The only other sites that a page may lead to.
ELSEWHERE = ("https://www.defenseurdesdroits.fr/", "https://forge.apps.education.fr")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    """Address (from the root, with its final slash) → page."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert len(found) == 60
    return found


@pytest.fixture(scope="module")
def agora() -> Referentiel:
    return read_referentiels([ROOT / "data" / "agora-2020"])[0]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def read(page: BeautifulSoup | Tag, selector: str) -> str:
    return words(one(page, selector).get_text())


def test_the_addresses_are_the_promised_ones(
    pages: dict[str, BeautifulSoup], agora: Referentiel
) -> None:
    codes = [f.competence.code for f in fiches(agora)]
    promised = {
        "",
        "404.html",
        *("guide/", "guide/imprimer/", "guide/en-entreprise/", "guide/echelle/"),
        *("guide/diplome/", "guide/publier/"),
        *("accessibilite/", "donnees-personnelles/", "mentions-legales/"),
        *("agora-2020/echelle/", "agora-2020/activites/", "agora-2020/glossaire/"),
        "agora-2020/",
        "agora-2020/grilles/",
        "agora-2020/grilles/suivi/",
    }
    promised |= {f"agora-2020/poles/{n}/" for n in (1, 2, 3)}
    promised |= {f"agora-2020/grilles/pole-{n}/" for n in (1, 2, 3)}
    promised |= {f"agora-2020/competences/{code}/" for code in codes}
    assert set(pages) == promised


def test_every_page_is_french_and_has_one_title(pages: dict[str, BeautifulSoup]) -> None:
    for address, page in pages.items():
        assert page.html and page.html["lang"] == "fr", address
        assert len(page.select("h1")) == 1, address
        assert words(page.title.get_text() if page.title else "").endswith("Grilles PFMP"), address
    titles = [words(page.title.get_text()) for page in pages.values() if page.title]
    assert len(set(titles)) == len(titles) == 60


def test_no_broken_link_and_no_broken_anchor(pages: dict[str, BeautifulSoup], site: Path) -> None:
    seen = 0
    for address, page in pages.items():
        if address == "404.html":  # served at any depth: its links start from the root
            continue
        for link in page.select("a[href], link[href], script[src], img[src]"):
            target = str(link.get("href") or link.get("src"))
            if link.name == "a" and urlsplit(target).scheme == "https":
                assert target.startswith(ELSEWHERE), (address, target)
                continue
            parts = urlsplit(urljoin(HOST + address, target))
            assert parts.netloc == "site.invalid", (address, target)
            path = unquote(parts.path.lstrip("/"))
            if path in pages:
                anchor = unquote(parts.fragment)
                found = not anchor or pages[path].find(id=anchor) or anchor == "__skip"
                assert found, (address, target)
            else:
                assert (site / path).is_file(), (address, target)
            seen += 1
    assert seen > 1000


def test_a_competency_page_says_all_that_the_data_say(
    pages: dict[str, BeautifulSoup], agora: Referentiel
) -> None:
    for fiche in fiches(agora):
        competence = fiche.competence
        page = one(pages[f"agora-2020/competences/{competence.code}/"], "article")
        title = read(page, "h1").removesuffix("¶").strip()
        assert title == f"{competence.code} {competence.intitule}"
        activites = ["".join(piece.texte for piece in texte) for texte in fiche.activites]
        assert [words(span.get_text()) for span in page.select(".activites span")] == activites
        criteres = {str(li["id"]): words(li.get_text()) for li in page.select(".criteres > li")}
        assert criteres == {c.id: c.texte for c in competence.criteres}
        assert read(page, ".aide") == words(competence.aide)
        heads = [words(h2.get_text()).strip("¶ ") for h2 in page.select("h2")]
        assert "Aide non officielle" in heads
        codes = [words(dt.get_text()) for dt in page.select(".niveaux dt")]
        assert codes == ["1", "2", "3", "4", "X", "NE", "SO"]
        links = {str(a["href"]) for a in page.select("a")}
        around = (*fiche.precedente, *fiche.suivante, *fiche.voisines)
        assert {f"../{c.code}/" for c in around} <= links
        assert f"../../grilles/pole-{fiche.pole.code}/" in links
        quotes = [words(quote.get_text()) for quote in page.select("blockquote")]
        remarques = list(filter(None, (competence.remarque, *fiche.remarques)))
        assert quotes == [f"Remarque : {words(remarque)}" for remarque in remarques]


def test_pole_pages_hold_every_group_and_competency(
    pages: dict[str, BeautifulSoup], agora: Referentiel
) -> None:
    for pole in agora.poles:
        text = read(pages[f"agora-2020/poles/{pole.code}/"], "article")
        wanted = [pole.intitule, f"Épreuve {pole.epreuve}"]
        for groupe in pole.groupes:
            wanted += [groupe.intitule, *(a for li in groupe.lignes for a in li.activites)]
            wanted += [f"{c.code} {c.intitule}" for c in groupe.toutes]
            wanted += [critere.texte for c in groupe.toutes for critere in c.criteres]
        assert len(wanted) > 35
        assert [words(w) for w in wanted if words(w) not in text] == []


def test_two_taps_from_home_to_what_is_expected(pages: dict[str, BeautifulSoup]) -> None:
    home = [str(a["href"]) for a in one(pages[""], "article").select("a")]
    assert "agora-2020/poles/2/" in home
    pole = one(pages["agora-2020/poles/2/"], "article")
    assert "../../competences/2.3.1/" in [a["href"] for a in pole.select("a")]


def test_276_blank_cells_with_their_headers(pages: dict[str, BeautifulSoup]) -> None:
    cells = 0
    for n in (1, 2, 3):
        page = pages[f"agora-2020/grilles/pole-{n}/"]
        table = one(page, "table")
        assert read(table, "caption").startswith(f"Pôle {n} : ")
        assert len(table.select("tbody")) == len(table.select("th[scope=rowgroup]")) == 3
        ids = {str(th["id"]) for th in table.select("th")}
        assert len(ids) == len(table.select("th"))
        blank = table.select("td.p")
        assert {words(td.get_text()) for td in blank} == {""}
        for td in table.select("td"):
            assert set(td["headers"]) <= ids
        assert {len(td["headers"]) for td in blank} == {2, 3}
        cells += len(blank)
    assert cells == 276
    together = pages["agora-2020/grilles/"]
    assert len(together.select("td.p")) == 276
    assert len(together.select(".feuille")) == 4
    every = [str(tag["id"]) for tag in together.select("[id]")]
    assert len(every) == len(set(every))


def test_grid_pages_have_no_theme_around_them(pages: dict[str, BeautifulSoup]) -> None:
    for address, page in pages.items():
        if "/grilles/" in address:
            assert not page.select("[class^=md-]"), address
            assert read(page, "button") == "Imprimer"


def test_every_activity_leads_to_its_competencies(
    pages: dict[str, BeautifulSoup], agora: Referentiel
) -> None:
    page = one(pages["agora-2020/activites/"], "article")
    shown = [words(activite.get_text()) for activite in page.select(".activite")]
    lignes = [ligne for groupe in agora.groupes for ligne in groupe.lignes]
    assert shown == [words(activite) for ligne in lignes for activite in ligne.activites]
    assert len(shown) == 33
    for ligne in lignes:
        names = [words(activite) for activite in ligne.activites]
        (item,) = [li for li in page.select("article > ul > li, .page > ul > li") if
                   [words(a.get_text()) for a in li.select(".activite")] == names]  # fmt: skip
        links = [str(a["href"]) for a in item.select("a")]
        assert links == [f"../competences/{c.code}/" for c in ligne.competences]


def test_every_code_of_the_scale_is_explained(
    pages: dict[str, BeautifulSoup], agora: Referentiel
) -> None:
    page = one(pages["agora-2020/echelle/"], "article")
    found = {words(div.dt.get_text()): words(div.dd.get_text()) for div in page.select(".codes div")
             if div.dt and div.dd}  # fmt: skip
    scale = [*agora.echelle.niveaux, *agora.echelle.marques]
    assert list(found) == [n.code for n in scale] == ["1", "2", "3", "4", "X", "NE", "SO"]
    for n in scale:
        assert n.aide
        assert found[n.code].startswith(f"{n.intitule} {words(n.aide)}")
    assert "Case vide : rien n'a été noté. Ce n'est jamais un échec." in words(page.get_text())


def test_the_glossary_and_the_words_where_they_stand(
    pages: dict[str, BeautifulSoup], agora: Referentiel
) -> None:
    page = one(pages["agora-2020/glossaire/"], "article")
    terms = {words(h2.get_text()): h2 for h2 in page.select("h2")}
    assert set(terms) == {terme for terme, _ in agora.glossaire}
    assert len(terms) >= 30
    text = words(page.get_text())
    assert all(words(definition) in text for _, definition in agora.glossaire)
    marked = 0
    for fiche in fiches(agora):
        own = one(pages[f"agora-2020/competences/{fiche.competence.code}/"], "article")
        buttons = own.select("button.terme")
        assert [b["popovertarget"] for b in buttons] == [f"mot-{m.ancre}" for m in fiche.mots]
        for mot in fiche.mots:
            assert words(mot.definition) in read(own, f"#mot-{mot.ancre}")
        marked += len(buttons)
    assert marked >= 40
    tva = one(pages["agora-2020/competences/2.2.4/"], "article")
    assert "TVA" in [words(b.get_text()) for b in tva.select("button.terme")]


def test_the_json_and_its_schema_are_published(site: Path, agora: Referentiel) -> None:
    text = (site / "agora-2020" / "referentiel.json").read_bytes()
    assert Referentiel.model_validate_json(text) == agora
    schema = json.loads((site / "schemas" / "referentiel.json").read_bytes())
    assert schema["title"] == "Referentiel"


def test_grids_stay_out_of_the_search(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_bytes())
    places = {doc["location"] for doc in index["docs"]}
    assert "agora-2020/competences/1.1.1/" in places
    assert not [place for place in places if "grilles" in place]


def test_nothing_of_the_data_folder_is_published(site: Path) -> None:
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}
    assert ".html" in kinds
    assert not kinds & {".yml", ".yaml", ".py", ".j2"}
