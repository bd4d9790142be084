"""Door 1: the commands. Prints, and chooses the exit code; all the work is elsewhere."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import click

from generator import host
from generator.errors import DonneesInvalides, Erreur
from generator.french import Group, UsageRefusee, usage_sentence
from generator.model import Referentiel
from generator.publish import prepare, refusals
from generator.read.published import SITE_FILE, published_folders
from generator.read.referentiel import read_referentiels
from generator.write import SortieOccupee, SortieRefusee, replace_folder, write_files

DONE, WRONG_DATA, WRONG_USAGE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130


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

    Sans DOSSIER : les référentiels publiés.
    """
    for referentiel in read_referentiels(dossiers or published_folders(Path())):
        click.echo(_summary(referentiel))


@grilles.command(options_metavar="[OPTIONS]")
def site() -> None:
    """Construit le site public dans site/, ou laisse l'ancien entier."""
    root = _project()
    publication = prepare(root)
    target = root / "site"
    if refused := refusals(root, root / "docs", target, publication):
        raise DonneesInvalides(refused)
    _say("Données vérifiées, construction du site…")
    replace_folder(target, host.build, mark="sitemap.xml")
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
    publication = prepare(Path())
    menu = json.dumps(publication.navigation, ensure_ascii=False, indent=1) + "\n"
    files = {**publication.pages, "navigation.json": menu}
    replace_folder(dossier, lambda new: write_files(new, files), mark="navigation.json")
    _say(f"{len(files)} fichiers dans {dossier.as_posix()}/.")


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Runs a command and exits: 0 done, 1 wrong data, 2 wrong usage, 3 refused, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that cannot show « or …
    sys.exit(_run(lambda: grilles.main(args, prog_name="grilles", standalone_mode=False)))


def _run(command: Callable[[], object]) -> int:
    try:
        command()
    except DonneesInvalides as wrong:
        for error in wrong.erreurs:
            _say(_shown(error))
        count = len(wrong.erreurs)
        _say(f"{count} erreur{'s' if count > 1 else ''} : rien n'a été écrit.")
        return WRONG_DATA
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.ctx.get_help() if error.ctx else "")
        return WRONG_USAGE
    except click.UsageError as error:
        name = error.ctx.command_path if error.ctx else "grilles"
        _say(f"{usage_sentence(error)} Voir : {name} --help")
        return WRONG_USAGE
    except SortieRefusee as refused:
        _say(f"« {refused.folder.as_posix()} » n'est pas vide et ne vient pas d'ici : rien n'est "
             "remplacé. Donnez un autre dossier, ou videz celui-ci.")  # fmt: skip
        return WRONG_USAGE
    except SortieOccupee as busy:
        _say(f"Une autre commande écrit déjà dans « {busy.folder.as_posix()} » : attendez sa fin.")
        return REFUSED
    except host.ConstructionRefusee as refused:
        _say(f"MkDocs n'a pas pu construire le site. Il dit :\n{refused.output}")
        return WRONG_DATA
    except (KeyboardInterrupt, click.Abort):
        _say("Interrompu : rien n'a été remplacé.")
        return INTERRUPTED
    except OSError as error:
        _say(_system(error))
        return REFUSED
    except Exception as error:
        if os.environ.get("GRILLES_TRACE"):
            raise
        _say(f"Panne inattendue ({type(error).__name__}) : signalez-la, avec la sortie de la même "
             "commande précédée de GRILLES_TRACE=1.")  # fmt: skip
        return REFUSED
    return DONE


def _project() -> Path:
    """The working folder, that must hold a site: an installed wheel alone has none to build."""
    if not Path(SITE_FILE).is_file():
        raise UsageRefusee(f"le dossier courant n'a pas de fichier {SITE_FILE}.")
    return Path()


def _shown(error: Erreur) -> str:
    """The error; on a terminal, also the source line and a caret below it."""
    if not (error.extrait and sys.stderr.isatty()):
        return str(error)
    line = error.extrait.replace("\t", " ")
    return f"{error}\n    {line}\n    {' ' * (error.lieu.colonne - 1)}^"


def _summary(referentiel: Referentiel) -> str:
    groupes = [groupe for pole in referentiel.poles for groupe in pole.groupes]
    competences = [competence for groupe in groupes for competence in groupe.toutes]
    criteres = sum(len(competence.criteres) for competence in competences)
    return (
        f"{referentiel.id} : {len(referentiel.poles)} pôles, {len(groupes)} groupes, "
        f"{len(competences)} compétences, {criteres} critères. Aucune erreur."
    )


def _system(error: OSError) -> str:
    reasons = {
        errno.ENOSPC: "le disque est plein",
        errno.EACCES: "droits insuffisants",
        errno.EADDRINUSE: "ce port est déjà pris, donnez-en un autre avec --port",
    }
    reason = reasons.get(error.errno or 0, "le système refuse")
    return f"{error.filename or 'Arrêt'} : {reason}. Rien n'a été remplacé."


def _say(text: str) -> None:
    click.echo(text, err=True)
