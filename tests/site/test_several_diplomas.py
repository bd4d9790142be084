"""Several diplomas: a choice first, then the doors; one without activities; a shared address."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag

from tests.variants import ADDRESS


def article(site: Path, path: str) -> Tag:
    page = BeautifulSoup((site / path / "index.html").read_text(encoding="utf-8"), "html.parser")
    (found,) = page.select("article")
    return found


def links(tag: Tag) -> dict[str, str]:
    return {" ".join(a.get_text(" ").split()): str(a["href"]) for a in tag.select("a")}


def test_a_choice_first_then_the_doors(variants: Path) -> None:
    found = links(article(variants / "site", ""))
    ids = ("agora-2020", "agora-8", "agora-long", "agora-8-long", "phare-2031")
    assert [href for href in found.values() if "/" in href] == [f"{id_}/" for id_ in ids]
    assert not [text for text in found if "PFMP" in text]
    doors = links(article(variants / "site", "agora-8"))
    assert doors["Je pars en PFMP Ce qui est attendu de moi"] == "./#competences"
    assert doors["J'accueille un élève Ce que je peux lui confier"] == "activites/"
    assert doors["J'enseigne Les grilles à imprimer"] == "grilles/"


def test_without_activities_nor_glossary(variants: Path) -> None:
    site = variants / "site"
    assert not (site / "phare-2031" / "activites").exists()
    assert not (site / "phare-2031" / "glossaire").exists()
    doors = links(article(site, "phare-2031"))
    assert doors["J'accueille un élève Ce que je peux lui confier"] == "./#competences"
    codes = article(site, "phare-2031/echelle")
    assert "aide non officielle" not in codes.get_text()
    assert len(codes.select(".codes dt")) > 3


def test_what_is_shown_where_the_site_is_shared(variants: Path, site: Path) -> None:
    page = BeautifulSoup(
        (variants / "site/agora-2020/competences/1.1.1/index.html").read_text(encoding="utf-8"),
        "html.parser",
    )
    shared = {str(m["property"]): str(m["content"]) for m in page.select("meta[property]")}
    assert shared["og:image"] == f"{ADDRESS}assets/images/partage.png"
    assert shared["og:url"] == f"{ADDRESS}agora-2020/competences/1.1.1/"
    assert shared["og:title"].startswith("1.1.1 Identifier les caractéristiques")
    picture = (site / "assets/images/partage.png").read_bytes()
    assert picture[:4] == b"\x89PNG"
    assert int.from_bytes(picture[16:20]) == 1200  # px: width, then height
    assert int.from_bytes(picture[20:24]) == 630
    alone = (site / "agora-2020/competences/1.1.1/index.html").read_text(encoding="utf-8")
    assert "og:image" not in alone


def test_the_page_that_is_not_there_helps(variants: Path) -> None:
    text = (variants / "site" / "404.html").read_text(encoding="utf-8")
    found = links(BeautifulSoup(text, "html.parser").select("article")[0])
    assert found["Accueil"] == "/pfmp/."
    assert found["AGOrA"] == "/pfmp/agora-2020/"
    assert "/pfmp/guide/" in found.values()
