"""`verifier`, `site`, `servir`, `pages`: what is public.

What reads and renders is imported where it is used: `site` leaves that to MkDocs and its hook.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import host
from generator.commands.shared import BAD_SITE, SANS_ADRESSE, require, say, say_notes
from generator.errors import DonneesInvalides
from generator.french import Command, UsageRefusee, count
from generator.outcome import INTERRUPTED
from generator.write import replace_folder, write_files

if TYPE_CHECKING:
    from generator.model import Referentiel

SITE_FILE = "mkdocs.yml"


@click.command(cls=Command, options_metavar="[OPTIONS]")
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
        say_notes(lecture.notes)
        promotion = lecture.promotion
        click.echo(f"{promotion.id} : {count(len(promotion.eleves), 'élève')}. Aucune erreur.")


@click.command(cls=Command, options_metavar="[OPTIONS]")
def site() -> None:
    """Construit le site public dans site/, ou laisse l'ancien entier."""
    target = _project() / "site"

    def fill(new: Path) -> None:
        try:
            host.build(new)
        except host.ConstructionRefusee:
            _check(target)  # where the data are the cause, in our own words
            raise

    given = os.environ.get("SITE_URL", "")
    require([] if not given or given.startswith(("https://", "http://")) else [given], BAD_SITE)
    say("Vérification des données et construction du site…")
    replace_folder(target, fill, mark="sitemap.xml")
    # The site map is the one file that tells whether MkDocs knew the address.
    if not re.search(r"<loc>\s*https?://", (target / "sitemap.xml").read_text(encoding="utf-8")):
        say(SANS_ADRESSE.format("donnez « site_url » dans mkdocs.yml"))
    say(f"Le site est dans {target}/ ({sum(1 for _ in target.rglob('*.html'))} pages).")


@click.command(cls=Command, options_metavar="[OPTIONS]")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), metavar="PORT",
              help="Le port de cette machine (8000 sinon).")  # fmt: skip
def servir(port: int) -> None:
    """Montre le site sur cette machine seulement, et suit les corrections."""
    _project()
    say(f"Le site est à l'adresse http://127.0.0.1:{port}/ (Ctrl-C pour arrêter).")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(INTERRUPTED))
    if host.serve(port):
        raise host.ConstructionRefusee("le serveur s'est arrêté.")


@click.command(cls=Command, options_metavar="[OPTIONS]")
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
def pages(dossier: Path) -> None:
    """Écrit les pages publiques dans DOSSIER, en simples fichiers.

    Elles se construisent avec un autre moteur que MkDocs ; navigation.json donne leur ordre.
    """
    from generator.publish import prepare
    from generator.read.published import public_address

    publication = prepare(Path(), public_address(Path()))
    menu = json.dumps(publication.navigation, ensure_ascii=False, indent=1) + "\n"
    documents = {path: make() for path, make in publication.documents.items()}
    files = {**publication.pages, **documents, "navigation.json": menu}
    replace_folder(dossier, lambda new: write_files(new, files), mark="navigation.json")
    say(f"{len(files)} fichiers dans {dossier.as_posix()}/.")


def _check(site: Path) -> None:
    from generator.publish import prepare, refusals

    root = site.parent
    if refused := refusals(root, root / "docs", site, prepare(root, "")):
        raise DonneesInvalides(refused)


def _project() -> Path:
    """The working folder, that must hold a site: an installed wheel alone has none to build."""
    if not Path(SITE_FILE).is_file():
        raise UsageRefusee(f"le dossier courant n'a pas de fichier {SITE_FILE}.")
    return Path()


def _summary(referentiel: Referentiel) -> str:
    groupes = referentiel.groupes
    competences = [competence for groupe in groupes for competence in groupe.toutes]
    counts = {
        "pôle": len(referentiel.poles),
        "groupe": len(groupes),
        "compétence": len(competences),
        "critère": sum(len(competence.criteres) for competence in competences),
    }
    listed = ", ".join(count(number, word) for word, number in counts.items())
    return f"{referentiel.id} : {listed}. Aucune erreur."
