"""What a public build refuses: each is a way a pupil's file could slip in."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.errors import DonneesInvalides
from generator.publish import prepare, refusals


def refused(root: Path, site: str = "site") -> list[str]:
    return [str(e) for e in refusals(root, root / "docs", root / site, prepare(root, ""))]


def test_the_project_itself_is_accepted(project: Path) -> None:
    assert refused(project) == []


def test_a_link_in_docs(project: Path) -> None:
    (project / "docs" / "lien.md").symlink_to(project.absolute() / "data" / "agora-2020")
    assert refused(project) == [
        "docs/lien.md: un lien ne peut pas être publié : mettez le fichier lui-même."
    ]


def test_docs_itself_a_link(project: Path) -> None:
    (project / "docs").rename("ailleurs")
    (project / "docs").symlink_to("ailleurs", target_is_directory=True)
    assert refused(project)[0].startswith("docs: un lien ne peut pas être publié")


def test_a_link_in_a_published_referential(project: Path) -> None:
    (project / "data/agora-2020/notes.yml").symlink_to("pole-1.yml")
    assert refused(project) == [
        "data/agora-2020/notes.yml: un lien ne peut pas être publié : mettez le fichier lui-même."
    ]


def test_a_kind_of_file_that_is_not_a_page(project: Path) -> None:
    (project / "docs" / "eleves.csv").write_text("nom", encoding="utf-8")
    assert refused(project) == [
        "docs/eleves.csv: ce genre de fichier ne peut pas être publié (acceptés : md, css, js, "
        "svg, png, webp, woff2, txt, pdf, json)."
    ]


@pytest.mark.parametrize("name", ["index.md", "README.md", "agora-2020/poles/1.md",
                                  "AGORA-2020/Poles/1/index.md",
                                  "schemas/referentiel.json"])  # fmt: skip
def test_a_page_that_the_data_make(project: Path, name: str) -> None:
    (project / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
    (project / "docs" / name).write_text("# Autre", encoding="utf-8")
    assert refused(project) == [
        f"docs/{name}: ce fichier porte le nom d'une page produite par les données : renommez-le."
    ]


@pytest.mark.parametrize("site", ["prive", "prive/site", "data", "data/site", "docs/site", "."])
def test_a_site_that_touches_the_data_or_the_pupils(project: Path, site: str) -> None:
    (message,) = refused(project, site)
    assert "le site ne peut pas être construit ici" in message


def test_a_site_through_a_link(project: Path) -> None:
    (project / "prive").mkdir()
    (project / "lien").symlink_to("prive", target_is_directory=True)
    assert len(refused(project, "lien/site")) == 1


def test_an_unreadable_file_and_a_special_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pole = project / "data/agora-2020/pole-2.yml"
    pole.unlink()
    pole.mkdir()
    with pytest.raises(DonneesInvalides, match=r"pole-2\.yml: ceci n'est pas un fichier"):
        prepare(project, "")

    def deny(*_: object, **__: object) -> None:
        raise PermissionError

    pole.rmdir()
    pole.write_text("code: '2'", encoding="utf-8")
    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(DonneesInvalides, match=r"mkdocs\.yml: ce fichier ne peut pas être lu"):
        prepare(project, "")
