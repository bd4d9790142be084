"""The Jinja environment and the one escaping rule: whatever comes from the data is only text.

Every ASCII punctuation mark of a value becomes a character reference. Markdown, HTML, Jinja and
attribute syntaxes all need at least one of them, so no value can be read as any of these, and
the same rule serves Markdown pages and raw HTML.
"""

from __future__ import annotations

import json
import re
import string
from functools import lru_cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.render.qr import qr_svg

_INERT = {ord(mark): f"&#{ord(mark)};" for mark in string.punctuation}
# French typography: no break before a double mark, a closing guillemet, nor after an opening one.
_BEFORE = re.compile(r" (?=[»:;!?%])")
_AFTER = re.compile(r"(?<=«) ")
_NBSP = "\N{NO-BREAK SPACE}"


def typography(text: str) -> str:
    """The text with its no-break spaces; the words and the marks do not change."""
    return _AFTER.sub(_NBSP, _BEFORE.sub(_NBSP, text))


@lru_cache(maxsize=4096)  # a title is on ten pages
def inert(text: str) -> Markup:
    """A value as it may stand in Markdown or HTML: text, whatever it looks like."""
    return Markup(typography(text).translate(_INERT))


def menu_title(text: str) -> str:
    """A title as the theme can print it raw, in its menu and in the head of a page.

    `&`, `<`, `>` and `"` are references already; an apostrophe stays, because the theme escapes
    some titles once more.
    """
    return escape(typography(text), quote=False).replace('"', "&quot;")


def _front_matter_title(text: str) -> Markup:
    # JSON strings are YAML strings.
    return Markup(json.dumps(menu_title(text), ensure_ascii=False))


def _address(code: str) -> Markup:
    """A code or an id inside a link; anything else raises ValueError."""
    if not re.fullmatch(r"[A-Za-z0-9.-]+", code):
        raise ValueError(code)
    return Markup(code)


def _finalize(value: object) -> object:
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def environment() -> Environment:
    """Strict: an unknown variable raises jinja2.UndefinedError."""
    env = Environment(
        loader=PackageLoader("generator", "render/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["front_matter_title"] = _front_matter_title
    env.filters["adresse"] = _address
    env.filters["qr"] = lambda address: Markup(qr_svg(address))  # made of figures only
    return env
