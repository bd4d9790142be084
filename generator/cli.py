"""Door 1: the commands. Prints, and chooses the exit code; all the work is elsewhere."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import host
from generator.errors import DonneesInvalides, Erreur
from generator.french import Group, UsageRefusee
from generator.outcome import DONE, INTERRUPTED, FuiteTrouvee, outcome
from generator.write import refuse_public, replace_folder, write_files

if TYPE_CHECKING:
    from generator.model import Referentiel
    from generator.shape.tableau import Rangee

# What reads and renders is imported where it is used: `site` leaves that to MkDocs and its hook.
SITE_FILE = "mkdocs.yml"


@click.group(cls=Group, options_metavar="[OPTIONS]", subcommand_metavar="COMMANDE …")
@click.version_option(
    package_name="grilles-pfmp", message="%(version)s", help="Affiche le numéro de version."
)
def grilles() -> None:
    """Les compétences attendues en entreprise, en pages à lire et en grilles à imprimer."""


@grilles.command(options_metavar="[OPTIONS]")
@click.argument("dossiers", metavar="[DOSSIER…]", nargs=-1, type=click.Path(path_type=Path))
def verifier(dossiers: tuple[Path, ...]) -> None:
    """Vérifie les données et montre toutes les erreurs, avec leur place.

    Sans DOSSIER : les référentiels publiés et les exemples.
    """
    from generator.verify import public_and_examples, verify

    found = verify(dossiers or public_and_examples(Path()))
    for referentiel in found.referentiels:
        click.echo(_summary(referentiel))
    for lecture in found.promotions:
        _notes(lecture.notes)
        promotion = lecture.promotion
        click.echo(f"{promotion.id} : {_count(len(promotion.eleves), 'élève')}. Aucune erreur.")


@grilles.command(options_metavar="[OPTIONS]")
def site() -> None:
    """Construit le site public dans site/, ou laisse l'ancien entier."""
    target = _project() / "site"

    def fill(new: Path) -> None:
        try:
            host.build(new)
        except host.ConstructionRefusee:
            _check(target)  # where the data are the cause, in our own words
            raise

    _say("Vérification des données et construction du site…")
    replace_folder(target, fill, mark="sitemap.xml")
    _say(f"Le site est dans {target}/ ({sum(1 for _ in target.rglob('*.html'))} pages).")


@grilles.command(options_metavar="[OPTIONS]")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), metavar="PORT",
              help="Le port de cette machine (8000 sinon).")  # fmt: skip
def servir(port: int) -> None:
    """Montre le site sur cette machine seulement, et suit les corrections."""
    _project()
    _say(f"Le site est à l'adresse http://127.0.0.1:{port}/ (Ctrl-C pour arrêter).")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(INTERRUPTED))
    if host.serve(port):
        raise host.ConstructionRefusee("le serveur s'est arrêté.")


@grilles.command(options_metavar="[OPTIONS]")
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
def pages(dossier: Path) -> None:
    """Écrit les pages publiques dans DOSSIER, en simples fichiers.

    Elles se construisent avec un autre moteur que MkDocs ; navigation.json donne leur ordre.
    """
    from generator.publish import prepare

    publication = prepare(Path())
    menu = json.dumps(publication.navigation, ensure_ascii=False, indent=1) + "\n"
    files = {**publication.pages, "navigation.json": menu}
    replace_folder(dossier, lambda new: write_files(new, files), mark="navigation.json")
    _say(f"{len(files)} fichiers dans {dossier.as_posix()}/.")


@grilles.command(options_metavar="[OPTIONS]")
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
@click.option("--anonyme", is_flag=True, help="Sans nom, ni organisme, ni tuteur, ni commentaire.")
@click.option("--adresse", metavar="URL", default="",
              help="L'adresse du site public, à imprimer sur les dossiers.")  # fmt: skip
def eleves(
    dossier: Path,
    sortie: Path,
    choisis: tuple[str, ...],
    periode: str,
    attendues: bool,
    anonyme: bool,
    adresse: str,
) -> None:
    """Écrit les dossiers d'une promotion : une page par élève, une pour tous.

    Avec --eleve ou --periode, seul le dossier extrait/ est remplacé.
    """
    from generator.dossiers import MARK, fill_private, homonyms
    from generator.read.promotion import read_promotion
    from generator.shape.dossier import Tirage

    lecture = read_promotion(dossier)
    promotion = lecture.promotion
    _require(set(choisis) - set(promotion.eleves), "cet élève n'est pas dans la promotion")
    _require({periode} - {"", *(p.code for p in promotion.periodes)}, "cette période n'y est pas")
    _require({"--attendues"} if attendues and not periode else set(), "il faut aussi --periode")
    _notes(lecture.notes)
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
        replace_folder(
            target,
            lambda new: rows.extend(fill_private(lecture, asked, tirage, new, bar.update)),
            mark=MARK,
            private=True,
        )
    for same in homonyms(rows):
        _say(f"Note : même nom et même prénom : {', '.join(same)}. Est-ce bien deux élèves ?")
    _say(f"{_count(len(rows), 'dossier')} dans {target.as_posix()}/.")


@grilles.command(options_metavar="[OPTIONS]")
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
    from generator.read.promotion import read_whole

    empty = not site.is_dir() or not any(site.iterdir())
    _require([site.as_posix()] if empty else [], "ce dossier n'existe pas, ou il est vide")
    pupils = [
        Identite(f"{dossier.name}/{evaluation.id}", evaluation.eleve.nom, evaluation.eleve.prenom)
        for dossier in dossiers
        for evaluation in read_whole(dossier)
    ]
    found = find_leaks(site, pupils)
    for fuite in found:
        _say(f"{fuite.fichier} : le nom de {fuite.eleve} s'y trouve.")
    if found:
        raise FuiteTrouvee(len(found))
    _say(f"Aucun des {_count(len(pupils), 'nom')} cherchés n'est dans {site.as_posix()}/.")


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Runs a command and exits: 0 done, 1 wrong data, 2 wrong usage, 3 refused, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot show « or …
    sys.exit(_run(lambda: grilles.main(args, prog_name="grilles", standalone_mode=False)))


def _run(command: Callable[[], object]) -> int:
    try:
        command()
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("GRILLES_TRACE"):
            raise
        code, text = outcome(error)
        _say(text)
        return code
    return DONE


def _require(wrong: Collection[str], sentence: str) -> None:
    if wrong:
        raise UsageRefusee(f"{', '.join(sorted(wrong))} : {sentence}.")


def _check(site: Path) -> None:
    from generator.publish import prepare, refusals

    root = site.parent
    if refused := refusals(root, root / "docs", site, prepare(root)):
        raise DonneesInvalides(refused)


def _project() -> Path:
    """The working folder, that must hold a site: an installed wheel alone has none to build."""
    if not Path(SITE_FILE).is_file():
        raise UsageRefusee(f"le dossier courant n'a pas de fichier {SITE_FILE}.")
    return Path()


def _summary(referentiel: Referentiel) -> str:
    groupes = [groupe for pole in referentiel.poles for groupe in pole.groupes]
    competences = [competence for groupe in groupes for competence in groupe.toutes]
    counts = {
        "pôle": len(referentiel.poles),
        "groupe": len(groupes),
        "compétence": len(competences),
        "critère": sum(len(competence.criteres) for competence in competences),
    }
    listed = ", ".join(_count(number, word) for word, number in counts.items())
    return f"{referentiel.id} : {listed}. Aucune erreur."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}"


def _notes(notes: Iterable[Erreur]) -> None:
    for note in notes:
        _say(f"Note : {note}")


def _say(text: str) -> None:
    click.echo(text, err=True)
