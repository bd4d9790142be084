"""What a command ends with: an exception becomes an exit code and French sentences."""

from __future__ import annotations

import errno
import sys
from functools import singledispatch

import click

from generator.errors import DonneesInvalides, Erreur, PdfImpossible
from generator.french import count, usage_sentence
from generator.host import ConstructionRefusee
from generator.leaks import FichierIllisible
from generator.write import SortieInterdite, SortieOccupee, SortieRefusee

DONE, WRONG_DATA, WRONG_USAGE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130

_REASONS = {
    errno.ENOSPC: "le disque est plein",
    errno.EACCES: "droits insuffisants",
    errno.EADDRINUSE: "ce port est déjà pris, donnez-en un autre avec --port",
}


class FuiteTrouvee(Exception):
    """A built site names pupils, in so many places."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(count)


@singledispatch
def outcome(error: BaseException) -> tuple[int, str]:
    """The exit code and what to say. A library's own words are never said."""
    return REFUSED, (
        f"Panne inattendue ({type(error).__name__}) : signalez-la, avec la sortie de la même "
        "commande précédée de GRILLES_TRACE=1."
    )


@outcome.register
def _(error: DonneesInvalides) -> tuple[int, str]:
    last = f"{count(len(error.erreurs), 'erreur')} : rien n'a été écrit."
    return WRONG_DATA, "\n".join([*map(_shown, error.erreurs), last])


@outcome.register
def _(error: ConstructionRefusee) -> tuple[int, str]:
    return WRONG_DATA, f"MkDocs n'a pas pu construire le site. Il dit :\n{error.output}"


@outcome.register
def _(error: FuiteTrouvee) -> tuple[int, str]:
    return WRONG_DATA, f"Fuites : {error.count}. Ne publiez pas ce site ; retirez-le s'il l'est."


@outcome.register
def _(error: FichierIllisible) -> tuple[int, str]:
    return (
        REFUSED,
        f"{error.fichier} : ce fichier ne peut pas être lu, on ne sait s'il nomme un élève.",
    )


@outcome.register
def _(error: click.UsageError) -> tuple[int, str]:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and error.ctx:
        return WRONG_USAGE, error.ctx.get_help()
    name = error.ctx.command_path if error.ctx else "grilles"
    return WRONG_USAGE, f"{usage_sentence(error)} Voir : {name} --help"


@outcome.register
def _(error: PdfImpossible) -> tuple[int, str]:
    return WRONG_DATA, error.sentence


@outcome.register
def _(error: SortieRefusee) -> tuple[int, str]:
    return WRONG_USAGE, (
        f"« {error.folder.as_posix()} » n'est pas vide et ne vient pas d'ici : rien n'est "
        "remplacé. Donnez un autre dossier, ou videz celui-ci."
    )


@outcome.register
def _(error: SortieInterdite) -> tuple[int, str]:
    return WRONG_USAGE, (
        f"« {error.folder.as_posix()} » est, contient ou touche « {error.kept} », qui est publié "
        "ou lu : des pages d'élèves ne s'écrivent pas là. Donnez un autre dossier."
    )


@outcome.register
def _(error: SortieOccupee) -> tuple[int, str]:
    where = error.folder.as_posix()
    return REFUSED, f"Une autre commande écrit déjà dans « {where} » : attendez sa fin."


@outcome.register
def _(error: OSError) -> tuple[int, str]:
    reason = _REASONS.get(error.errno or 0, "le système refuse")
    return REFUSED, f"{error.filename or 'Arrêt'} : {reason}. Rien n'a été remplacé."


@outcome.register(KeyboardInterrupt)
@outcome.register(click.Abort)
def _(_error: BaseException) -> tuple[int, str]:
    return INTERRUPTED, "Interrompu : rien n'a été remplacé."


def _shown(error: Erreur) -> str:
    """The error; on a terminal, also the source line and a caret below it."""
    if not (error.extrait and sys.stderr.isatty()):
        return str(error)
    line = error.extrait.replace("\t", " ")
    return f"{error}\n    {line}\n    {' ' * (error.lieu.colonne - 1)}^"
