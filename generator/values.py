"""What a single value may be: texts, codes, dates. Each refusal has a French sentence in `errors`.

Patterns are declared (they show in the JSON Schema); what a pattern cannot say is a function
that raises an error type of ours, which `read.schema` turns into French.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

CODE = r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$"
CODE_COURT = r"^[A-Za-z0-9]{1,3}$"
CODE_PERIODE = r"^[A-Za-z0-9]{1,4}$"
ID = r"^[a-z0-9][a-z0-9-]{0,40}$"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ID_CRITERE = r"^c[1-9][0-9]{0,2}$"

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"})

# Names that Windows keeps for its devices, whatever follows a dot.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_DEVICES = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}
# A page of these names would take the place of a folder's own page.
_PAGES = {"index", "readme"}
IDS_RESERVES = {"index", "promotion", "extrait", "suite", "echelles", "exemples", "evaluations"}
# The site's own addresses, that a referential must not take.
IDS_RESERVES |= {"assets", "schemas", "guide", "search", "accessibilite", "donnees-personnelles"}
IDS_RESERVES |= {"mentions-legales"}


def is_device(name: str) -> bool:
    """True for a name that Windows cannot give to a file."""
    return name.casefold().split(".")[0] in _DEVICES


def fold(value: object) -> object:
    # A text may run over several lines of the YAML; no-break spaces are the author's and stay.
    if not isinstance(value, str) or (value.isprintable() and "  " not in value):
        return value
    return re.sub(r"[ \t\r\n]+", " ", value).strip(" ")


def unaccented(text: str) -> str:
    """The text without accents and without ligatures, in its own case."""
    apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in apart if not unicodedata.combining(c))


def slug(text: str) -> str:
    """The text as an anchor: its letters and figures without accents, in lower case."""
    return "-".join(re.findall(r"[^\W_]+", unaccented(text.casefold())))


def _free_name(code: str) -> str:
    if is_device(code) or code.casefold() in _PAGES:
        raise PydanticCustomError("nom_reserve", "reserved", {"valeur": code})
    return code


def parse_day(text: str) -> date | None:
    """The day that the text writes as AAAA-MM-JJ; None where it is none."""
    try:
        return date.fromisoformat(text) if re.fullmatch(_DAY, text) else None
    except ValueError:
        return None


def _date(value: object) -> object:
    # Our own pattern: pydantic would take a time, a number of seconds and other spellings.
    if not isinstance(value, str):
        return value
    if not re.fullmatch(_DAY, value):
        raise PydanticCustomError("date_invalide", "pattern")
    if day := parse_day(value):
        return day
    raise PydanticCustomError("date_inexistante", "calendar")


def _weeks(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"[0-9]{1,2}", value) or int(value) > 52:
        raise PydanticCustomError("semaines_invalides", "range")
    return int(value)


def is_address(text: str) -> bool:
    """True for the address of a site, with its slash at the end."""
    return re.fullmatch(r"https?://[A-Za-z0-9.:-]+/(\S*/)?", text) is not None


def _address(value: object) -> object:
    if isinstance(value, str) and not is_address(value):
        raise PydanticCustomError("adresse_invalide", "address")
    return value


def _one_of(*choix: str) -> Callable[[object], object]:
    def check(value: object) -> object:
        if isinstance(value, str) and value not in choix:
            raise PydanticCustomError("choix", "choice", {"choix": ", ".join(choix)})
        return value

    return check


def _up_to(longest: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


Texte = Annotated[str, _up_to(1000), BeforeValidator(fold)]
Aide = Annotated[str, _up_to(400), BeforeValidator(fold)]
Mot = Annotated[str, _up_to(80), BeforeValidator(fold)]
Nom = Annotated[str, _up_to(80), BeforeValidator(fold)]
Commentaire = Annotated[str, _up_to(200), BeforeValidator(fold)]
Bilan = Annotated[str, _up_to(600), BeforeValidator(fold)]
Code = Annotated[str, StringConstraints(pattern=CODE, max_length=20), AfterValidator(_free_name)]
CodeCourt = Annotated[str, StringConstraints(pattern=CODE_COURT)]
CodePeriode = Annotated[str, StringConstraints(pattern=CODE_PERIODE), AfterValidator(_free_name)]
IdCritere = Annotated[str, StringConstraints(pattern=ID_CRITERE)]
Id = Annotated[str, StringConstraints(pattern=ID)]
Jour = Annotated[date, BeforeValidator(_date)]
Compte = Annotated[
    Literal["couverte", "non-couverte", "exclue"],
    BeforeValidator(_one_of("couverte", "non-couverte", "exclue")),
]
OuiNon = Annotated[Literal["oui", "non"], BeforeValidator(_one_of("oui", "non"))]
Semaines = Annotated[int, BeforeValidator(_weeks)]
Adresse = Annotated[str, BeforeValidator(_address)]
