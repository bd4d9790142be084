"""What one key cannot say: unique codes, children under their parent, one shape of group.

The checks read the tree, not the model: they run even where a value has the wrong type, so that
all the errors come at once. A key without the expected shape is `read.schema`'s business and is
stepped over here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.errors import Erreur, nearest
from generator.read.tree import Node
from generator.values import slug

_CONTENT = ("lignes", "competences")
_DOTTED = re.compile(r"[0-9]+(\.[0-9]+)*")


def check_referentiel(root: Node) -> list[Erreur]:
    """Errors of a referential whose pôles and scale are in place."""
    codes = list(_codes(root))
    doubtful: set[Node] = set()
    errors = _unique_codes([code for code, _ in codes], doubtful)
    errors += _children_extend_parents(codes, doubtful)
    return [*errors, *_groups(root), *check_periods_and_scale(root), *_glossary(root)]


def check_periods_and_scale(root: Node) -> list[Erreur]:
    """Their codes are unique, in a referential as in the promotion that replaces them."""
    errors = _unique_codes(_code_nodes(root.items("periodes")))
    if scale := root.keys.get("echelle"):
        errors += _unique_codes(_code_nodes(scale.items("niveaux") + scale.items("marques")))
    return errors


def competences_of(groupe: Node) -> list[Node]:
    """The competencies of a group, with or without activities."""
    in_lines = [c for ligne in groupe.items("lignes") for c in ligne.items("competences")]
    return in_lines + groupe.items("competences")


def _code_nodes(elements: list[Node]) -> list[Node]:
    found = [element.keys.get("code") for element in elements]
    return [code for code in found if code and code.text]


def _codes(root: Node) -> Iterator[tuple[Node, Node | None]]:
    """Every code of the referential, with the code of what contains it."""
    for pole in root.items("poles"):
        yield from _with_parent([pole], None)
        for groupe in pole.items("groupes"):
            yield from _with_parent([groupe], _code(pole))
            yield from _with_parent(competences_of(groupe), _code(groupe))


def _with_parent(elements: list[Node], parent: Node | None) -> Iterator[tuple[Node, Node | None]]:
    for code in _code_nodes(elements):
        yield code, parent


def _code(element: Node) -> Node | None:
    return next(iter(_code_nodes([element])), None)


def _unique_codes(codes: list[Node], doubtful: set[Node] | None = None) -> list[Erreur]:
    """Codes become addresses and file names: two that differ by case only are one for some.

    Adds to `doubtful` the codes of which one at least is wrong.
    """
    first: dict[str, Node] = {}
    errors = []
    for code in codes:
        other = first.setdefault(code.text.casefold(), code)
        if other is code:
            continue
        if doubtful is not None:
            doubtful |= {code, other}
        place = other.lieu()
        kind = "code_double" if other.text == code.text else "code_casse"
        errors.append(
            code.error(
                kind,
                valeur=code.text,
                autre=other.text,
                ligne=place.ligne,
                fichier=place.fichier.rsplit("/", 1)[-1],
            )
        )
    return errors


def _children_extend_parents(
    codes: list[tuple[Node, Node | None]], doubtful: set[Node]
) -> list[Erreur]:
    """Says it of the highest wrong code only: its children may well be right."""
    if not all(_DOTTED.fullmatch(code.text) for code, _ in codes):
        return []
    errors = []
    for code, parent in codes:
        if parent is None or parent in doubtful or code in doubtful:
            continue
        if not code.text.startswith(f"{parent.text}."):
            doubtful.add(code)
            errors.append(code.error("code_hors_parent", valeur=parent.text))
    return errors


def _groups(root: Node) -> list[Erreur]:
    found = [g for pole in root.items("poles") for g in pole.items("groupes")]
    groups = [g for g in found if isinstance(g.value, dict)]
    with_lines = any("lignes" in groupe.keys for groupe in groups)
    errors = []
    for groupe in groups:
        keys = groupe.keys
        if "lignes" in keys and "competences" in keys:
            errors.append(keys["competences"].error("groupe_mixte", of_key=True))
        elif "lignes" not in keys and "competences" not in keys:
            if any(nearest(key, _CONTENT) for key in keys):
                continue  # a mistyped key, which the schema reports
            errors.append(groupe.error("groupe_vide"))
        elif with_lines and "competences" in keys:
            errors.append(keys["competences"].error("groupes_inegaux", of_key=True))
        errors += _empty_lists(groupe)
    return errors


def _glossary(root: Node) -> list[Erreur]:
    """Each term is an anchor of the glossary's page: two cannot have the same."""
    first: dict[str, Node] = {}
    errors = []
    glossary = root.keys.get("glossaire")
    for name, definition in (glossary.keys if glossary else {}).items():
        anchor = slug(name)
        other = first.setdefault(anchor, definition)
        if not anchor:
            errors.append(definition.error("terme_sans_lettre", of_key=True))
        elif other is not definition:
            line = other.key.line if other.key else 0
            errors.append(definition.error("terme_double", of_key=True, valeur=name, ligne=line))
    return errors


def _empty_lists(groupe: Node) -> list[Erreur]:
    lists = [groupe.keys[key] for key in _CONTENT if key in groupe.keys]
    return [n.error("liste_courte", limite=1, nombre=0) for n in lists if n.value == []]
