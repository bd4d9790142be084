"""Who is in a promotion: the names of its files, none of which is opened here."""

from __future__ import annotations

import re
from pathlib import Path

from generator.errors import Erreur, Lieu, erreur
from generator.read.files import listing, shown
from generator.read.folders import is_id, is_reserved

_IGNORED = {"thumbs.db", "desktop.ini"}
# What may be said of a file's name, which may be a pupil's: its end, where it is one of these,
# and the whole of it where it has the look of an identifier (E04).
_SUFFIXES = (
    *("yml", "yaml", "csv", "txt", "md", "json", "html", "pdf", "ods", "odt", "xls", "xlsx"),
    *("doc", "docx", "jpg", "jpeg", "png", "zip", "bak"),
)
_LIKE_AN_ID = re.compile(r"[A-Za-z]{0,2}[0-9]{1,3}")


def pupils_of(
    folder: Path, own: str
) -> tuple[tuple[str, ...], tuple[Erreur, ...], tuple[Erreur, ...]]:
    """The identifiers, what is left aside, what must be mended. `own` is the promotion's file."""
    place = Lieu(shown(folder))
    found: list[str] = []
    notes: list[Erreur] = []
    errors: list[Erreur] = []
    for name in listing(folder):
        if name == own or name.startswith(".") or name.casefold() in _IGNORED:
            continue
        stem, _, suffix = name.rpartition(".")
        if suffix.casefold() not in ("yml", "yaml"):
            notes.append(erreur(place, "laisse_de_cote", valeur=_discreet(name)))
        elif is_reserved(stem):
            errors.append(erreur(place, "id_reserve", valeur=stem))
        elif suffix == "yml" and is_id(stem):
            found.append(stem)
        else:
            errors.append(erreur(place, "pas_un_eleve", valeur=_discreet(name)))
    if not found and not errors:
        errors.append(erreur(place, "promotion_vide"))
    # Several files may be said with the same words.
    return tuple(found), tuple(dict.fromkeys(notes)), tuple(dict.fromkeys(errors))


def _discreet(name: str) -> str:
    stem, _, suffix = name.rpartition(".")
    end = f".{suffix}" if suffix.casefold() in _SUFFIXES else ""
    return f"{stem if end and _LIKE_AN_ID.fullmatch(stem) else f'{name[0]}…'}{end}"
