"""`eleves` and `fuites`: what touches pupils, and stays on this machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.shared import SANS_ADRESSE, address, require, say, say_notes
from generator.french import Command, count
from generator.outcome import FuiteTrouvee
from generator.write import MARK, refuse_public, replace_folder

if TYPE_CHECKING:
    from generator.shape.tableau import Rangee


@click.command(cls=Command, options_metavar="[OPTIONS]")
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--sortie",
    metavar="DOSSIER",
    default="prive",
    type=click.Path(path_type=Path),
    help="Où écrire (prive/ sinon) : ni site/, ni docs/, ni data/.",
)
@click.option(
    "--eleve",
    "choisis",
    metavar="ID",
    multiple=True,
    help="Cet élève seulement, par son identifiant ; plusieurs fois pour plusieurs.",
)
@click.option(
    "--periode",
    metavar="CODE",
    default="",
    help="La période à remplir : vide, après les précédentes remplies.",
)
@click.option(
    "--attendues",
    is_flag=True,
    help="Avec --periode : seulement les lignes attendues dans cette période.",
)
@click.option(
    "--pdf",
    is_flag=True,
    help="En PDF aussi : un par élève, et un par cahier de trente pour le copieur.",
)
@click.option("--anonyme", is_flag=True, help="Sans nom, ni organisme, ni tuteur, ni commentaire.")
@click.option("--adresse", metavar="URL", default="", callback=address,
              help="L'adresse du site public, à imprimer sur les dossiers.")  # fmt: skip
def eleves(
    dossier: Path,
    sortie: Path,
    choisis: tuple[str, ...],
    periode: str,
    attendues: bool,
    pdf: bool,
    anonyme: bool,
    adresse: str,
) -> None:
    """Écrit les dossiers d'une promotion : une page par élève, une pour tous.

    Avec --eleve ou --periode, seul le dossier extrait/ est remplacé.
    """
    from generator.dossiers import fill_private, homonyms
    from generator.read.promotion import read_promotion
    from generator.shape.dossier import Tirage

    lecture = read_promotion(dossier)
    promotion = lecture.promotion
    require(set(choisis) - set(promotion.eleves), "cet élève n'est pas dans la promotion")
    require({periode} - {"", *(p.code for p in promotion.periodes)}, "cette période n'y est pas")
    require({"--attendues"} if attendues and not periode else set(), "il faut aussi --periode")
    say_notes(lecture.notes)
    if attendues and not any(p.attendues for p in promotion.periodes if p.code == periode):
        say(f"Note : « {periode} » n'a pas d'« attendues » dans promotion.yml : seuls les élèves "
            "qui ont les leurs ont des lignes.")  # fmt: skip
    asked = tuple(e for e in promotion.eleves if not choisis or e in choisis)
    tirage = Tirage(periode, attendues, anonyme, adresse or promotion.adresse)
    target = sortie / promotion.id
    for root in (Path(), dossier.absolute().parent.parent.parent):
        refuse_public(sortie, root)
        refuse_public(target, root)
    target = target / "extrait" if choisis or periode else target
    rows: list[Rangee] = []
    quiet = not sys.stderr.isatty()
    with click.progressbar(length=len(asked), label="Élèves", file=sys.stderr, hidden=quiet) as bar:

        def fill(new: Path) -> None:
            done = fill_private(lecture, asked, tirage, new, pdf=pdf, progress=bar.update)
            rows.extend(done)

        replace_folder(target, fill, mark=MARK, private=True)
    for same in homonyms(rows):
        say(f"Note : même nom et même prénom : {', '.join(same)}. Est-ce bien deux élèves ?")
    if not tirage.adresse:
        say(SANS_ADRESSE.format("donnez --adresse, ou « adresse » dans promotion.yml"))
    say(f"{count(len(rows), 'dossier')} dans {target.as_posix()}/.")


@click.command(cls=Command, options_metavar="[OPTIONS]")
@click.argument("site", metavar="SITE", type=click.Path(path_type=Path))
@click.argument(
    "dossiers", metavar="DOSSIER…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
def fuites(site: Path, dossiers: tuple[Path, ...]) -> None:
    """Cherche dans SITE les noms des élèves de chaque DOSSIER.

    Un prénom et un nom côte à côte, dans un ordre ou l'autre, quels que soient les accents, les
    majuscules, les espaces. Dit le fichier et l'identifiant, jamais le nom.
    """
    from generator.leaks import Identite, find_leaks
    from generator.read.promotion import read_eleves, read_promotion

    empty = not site.is_dir() or not any(site.iterdir())
    require([site.as_posix()] if empty else [], "ce dossier n'existe pas, ou il est vide")
    pupils = [
        Identite(f"{dossier.name}/{evaluation.id}", evaluation.eleve.nom, evaluation.eleve.prenom)
        for dossier in dossiers
        for evaluation in read_eleves(read_promotion(dossier))
    ]
    found = find_leaks(site, pupils)
    for fuite in found:
        say(f"{fuite.fichier} : le nom de {fuite.eleve} s'y trouve.")
    if found:
        raise FuiteTrouvee(len(found))
    whose = f"de {count(len(pupils), 'élève')}"
    say(f"Aucun nom {whose} n'est dans {site.as_posix()}/.")
