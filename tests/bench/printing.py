"""Paper: a class as tagged PDF, against stamping the same codes on ready blank pages."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf

from generator.dossiers import sheets_of
from generator.evaluation import Promotion
from generator.feuilles import blank_documents
from generator.read.promotion import read_eleve, read_promotion
from generator.render.pdf import Feuille, sheets_pdf
from generator.render.reliure import bound
from generator.shape.dossier import Tirage, dossier
from generator.shape.grille import Grille
from tests.bench.measure import ENVIRONMENT, medians, peak, say
from tests.bench.pupils import promotion_of
from tests.projects import copy_project, grilles

Dossiers = list[tuple[Feuille, ...]]


def run(short: bool, folder: Path) -> None:
    project = copy_project(folder / "papier")
    small, large = (promotion_of(project, count) for count in ((2, 4) if short else (30, 300)))
    promotion, dossiers = _dossiers(project / small)
    blank = blank_documents(promotion.referentiel)["grilles.pdf"]()
    runs = 1 if short else 5
    ours, stamped = medians(
        runs, lambda: _printed(promotion, dossiers), lambda: _stamped(blank, dossiers)
    )
    say(
        f"{len(dossiers)} pupils: a PDF each and one for all / stamping codes on blank copies",
        ours / stamped,
        None if short else 10,
    )
    little, whole = medians(
        1 if short else 3, lambda: _command(project, small), lambda: _command(project, large)
    )
    count = 4 if short else 300
    say(f"{count} pupils / a tenth of them, --pdf: time", whole / little, None if short else 10.5)
    memory = peak(project, "eleves", large, "--pdf")
    say(f"{count} pupils, --pdf: peak memory of a process", memory, 350, " MB")
    made = list((project / "prive" / Path(large).name).glob("e*.pdf"))
    assert len(made) == count
    say("a pupil's PDF", max(p.stat().st_size for p in made) / 1000, 100, " kB")
    pole, bare = medians(runs, lambda: _pole(project), lambda: _python("import typst"))
    say("one blank pôle, grilles pdf --pole 2 / python -c 'import typst'", pole / bare, None)


def _dossiers(folder: Path) -> tuple[Promotion, Dossiers]:
    lecture = read_promotion(folder)
    read = (read_eleve(lecture, eleve)[0] for eleve in lecture.promotion.eleves)
    shaped = [dossier(lecture.promotion, found, Tirage()) for found in read if found]
    return lecture.promotion, [sheets_of(one) for one in shaped]


_serial = iter(range(10**9))


def _printed(promotion: Promotion, dossiers: Dossiers) -> None:
    """Each pupil's document, and the class's."""
    day = promotion.referentiel.modifie_le
    # A title of its own each time: Typst keeps what it has laid out, and no class is printed twice.
    title = f"Promotion {next(_serial)}"
    documents = [
        sheets_pdf(title, [_fresh(feuille, title) for feuille in own], day, recto_verso=True)
        for own in dossiers
    ]
    bound(title, [(title, document) for document in documents])


def _fresh(feuille: Feuille, title: str) -> Feuille:
    champ, *rest = feuille.forme.identite
    identite = (champ._replace(valeur=title), *rest)
    return feuille._replace(forme=feuille.forme._replace(identite=identite))


def _stamped(blank: bytes, dossiers: Dossiers) -> None:
    """What a script would do: the codes where the cells should be, on a copy for each pupil, then
    all the pages in one document, which loses the tags.
    """
    with pikepdf.new() as whole:
        for own in dossiers:
            copy = pikepdf.open(BytesIO(blank))
            for page, feuille in zip(copy.pages, own, strict=True):
                font = pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name("/Helvetica-Bold"),
                )  # fmt: skip
                page.add_resource(font, pikepdf.Name.Font, pikepdf.Name("/Code"))
                page.contents_add(_codes(feuille).encode())
            _save(copy)
            whole.pages.extend(copy.pages)
        _save(whole)


def _save(document: pikepdf.Pdf) -> None:
    document.save(BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _codes(feuille: Feuille) -> str:
    if not isinstance(feuille.forme, Grille):
        return ""
    rows = [
        cells
        for section in feuille.forme.sections
        for cells in (section.cellules, *(rang.cellules for rang in section.rangs))
    ]
    return "\n".join(
        f"BT /Code 11 Tf {620 + 26 * column} {500 - 24 * row} Td ({cell.code}) Tj ET"
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell.code
    )


def _command(project: Path, name: str) -> None:
    done = grilles(project, "eleves", name, "--pdf", PYTHONDONTWRITEBYTECODE="")
    assert done.returncode == 0, done.stderr


def _pole(project: Path) -> None:
    done = grilles(project, "pdf", "--pole", "2", PYTHONDONTWRITEBYTECODE="")
    assert done.returncode == 0, done.stderr


def _python(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], env=ENVIRONMENT, check=True)
