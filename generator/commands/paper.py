"""`pdf`: blank sheets for a copier."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.shared import BAD_SITE, SANS_ADRESSE, address, require, say
from generator.french import Command, count
from generator.write import MARK, replace_folder, write_files

if TYPE_CHECKING:
    from generator.model import Referentiel


@click.command(cls=Command, options_metavar="[OPTIONS]")
@click.option(
    "--sortie",
    metavar="DOSSIER",
    default="pdf",
    type=click.Path(path_type=Path),
    help="Où écrire (pdf/ sinon).",
)
@click.option("--pole", metavar="CODE", default="", help="La grille de ce pôle seulement.")
@click.option(
    "--periode", metavar="CODE", default="", help="Cette période seulement, dans une colonne large."
)
@click.option("--attendues", metavar="CODES", default="",
              help="Ces compétences ou ces groupes seulement : 1.1.1,2.1")  # fmt: skip
@click.option(
    "--adresse",
    metavar="URL",
    default="",
    callback=address,
    help="L'adresse du site public : chaque grille en porte le code à scanner.",
)
def pdf(sortie: Path, pole: str, periode: str, attendues: str, adresse: str) -> None:
    """Écrit les grilles vierges des référentiels publiés, en PDF à imprimer."""
    from generator.feuilles import blank_documents
    from generator.read.published import public_address, published_folders
    from generator.read.referentiel import read_referentiels
    from generator.values import is_address

    adresse = adresse or public_address(Path())
    require([] if not adresse or is_address(adresse) else [adresse], BAD_SITE)
    codes = {code for part in attendues.split(",") if (code := part.strip())}
    files: dict[str, str | bytes] = {MARK: ""}
    published = read_referentiels(published_folders(Path()))
    for referentiel in _having(published, pole, periode, codes):
        documents = blank_documents(referentiel, pole, periode, codes, adresse)
        files |= {f"{referentiel.id}/{name}": make() for name, make in documents.items()}
    if not adresse:
        say(SANS_ADRESSE.format("donnez --adresse, ou « site_url » dans mkdocs.yml"))
    replace_folder(sortie, lambda new: write_files(new, files), mark=MARK)
    say(f"{count(len(files) - 1, 'PDF').removesuffix('s')} dans {sortie.as_posix()}/.")


def _having(
    published: Sequence[Referentiel], pole: str, periode: str, codes: Collection[str]
) -> list[Referentiel]:
    """The referentials that have all that is asked: one code may be in one diploma only."""
    found = [r for r in published if not any(_lacking(r, pole, periode, codes).values())]
    if not found:
        for sentence, words in _lacking(published[0], pole, periode, codes).items():
            require(words, sentence)
    return found


def _lacking(
    r: Referentiel, pole: str, periode: str, codes: Collection[str]
) -> dict[str, set[str]]:
    from generator.read.evaluations import codes_of

    return {
        f"cette période n'est pas dans {r.id}": {periode} - {"", *(p.code for p in r.periodes)},
        f"ce pôle n'est pas dans {r.id}": {pole} - {"", *(p.code for p in r.poles)},
        f"ce code n'est pas dans {r.id}": set(codes) - {*codes_of(r)},
    }
