"""The private pages: self-contained files that ask nothing of any network, and show pupils.

Styles and fonts are inside; no script is needed to read or to print. A policy forbids the rest,
whatever the texts look like.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from generator.render.environment import environment
from generator.shape.couverture import REGLE
from generator.shape.dossier import Dossier
from generator.shape.tableau import Tableau

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


# Where the style goes: no text of the data can look like it, for its marks are references.
STYLE = Markup("/* style */")


def dossier_page(dossier: Dossier, adresse: str = "") -> str:
    """One pupil's whole file."""
    template = _environment().get_template("dossier.html.j2")
    text = template.render(d=dossier, regle=REGLE, policy=POLICY, adresse=adresse, style=STYLE)
    return _dressed(text, "dossier.css")


def promotion_page(tableau: Tableau) -> str:
    """The promotion's page; its one script may only sort and filter what is there."""
    script = _asset("promotion.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    stream = (
        _environment()
        .get_template("promotion.html.j2")
        .stream(
            t=tableau,
            regle=REGLE,
            policy=f"{POLICY}; script-src 'sha256-{digest}'",
            style=Markup(_style("promotion.css", wide=True)),
            script=Markup(script),
        )
    )
    stream.enable_buffering(1000)  # a thousand pupils are half a million pieces of text
    return "".join(stream)


@cache
def _environment() -> Environment:
    """Its templates are compiled once, then serve every pupil."""
    return environment()


def _dressed(page: str, own: str) -> str:
    """The page with its style inside: fonts for other alphabets only where they are needed."""
    wide = bool(re.search("[\u0100-\u0130\u0132-\u0151\u0154-\u02ba\u1e00-\u1eff]", page))
    return page.replace(STYLE, _style(own, wide), 1)


@cache
def _style(own: str, wide: bool) -> str:
    """The style of the sheets and that of this page; each font as a data address."""
    faces = _asset("feuilles.css")
    if not wide:
        faces = re.sub(r"@font-face \{[^}]*-ext-[^}]*\}\n?", "", faces)
    return re.sub(r"url\((.*?)\)", lambda m: f"url({_data(m[1])})", faces) + _asset(own)


def _data(name: str) -> str:
    content = (files("generator.render") / "assets" / name).read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode()}"


def _asset(name: str) -> str:
    return (files("generator.render") / "assets" / name).read_text(encoding="utf-8")
