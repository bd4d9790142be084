"""click in French: help and usage errors. Its own sentences never reach the reader."""

from __future__ import annotations

from typing import Any

import click


class Command(click.Command):
    """A command whose help is in French."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Affiche cette aide."
        return option


class Group(Command, click.Group):
    """Commands listed in the order of the work, not of the alphabet."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("Commandes"):
            formatter.write_dl(
                [(name, command.get_short_help_str(80)) for name, command in self.commands.items()]
            )

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class UsageRefusee(click.UsageError):
    """A usage error of our own: its message is French already."""


def count(number: int, word: str) -> str:
    """As « 1 erreur », « 3 erreurs »."""
    return f"{number} {word}{'s' if number > 1 else ''}"


def usage_sentence(error: click.UsageError) -> str:
    """What is wrong in the words typed: by the error's class, never by click's text."""
    if isinstance(error, UsageRefusee):
        return error.message
    if isinstance(error, click.NoSuchOption):
        return f"option inconnue : {error.option_name}."
    if isinstance(error, click.exceptions.NoSuchCommand):
        return f"commande inconnue : {error.command_name}."
    if isinstance(error, click.MissingParameter):
        return f"il manque {_name(error.param, error.ctx)}."
    if isinstance(error, click.BadParameter):
        return f"valeur refusée pour {_name(error.param, error.ctx)}."
    if isinstance(error, click.BadOptionUsage):
        return f"l'option {error.option_name} attend une valeur, et une seule."
    return "il y a un mot de trop, ou il en manque un."


def _name(param: Any, ctx: click.Context | None) -> str:
    if isinstance(param, click.Option):
        return f"l'option {param.opts[-1]}"
    return f"l'argument {param.make_metavar(ctx)}" if param and ctx else "une valeur"
