"""A tree becomes a model, or French errors at their place.

pydantic's error *types* are mapped, never its sentences; a type without a translation says in
French that the value is refused here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from generator.errors import MESSAGES, Erreur, nearest
from generator.read.tree import Node
from generator.values import CODE, CODE_COURT, CODE_PERIODE, ID_CRITERE, fold

Model = TypeVar("Model", bound=BaseModel)

# pydantic's type -> our kind
_KINDS = {
    "string_type": "texte_attendu",
    "dict_type": "cles_attendues",
    "model_type": "cles_attendues",
    "tuple_type": "liste_attendue",
    "date_type": "date_invalide",
    "int_type": "semaines_invalides",
    "literal_error": "texte_attendu",
}
_SIZES = {"string_too_short", "string_too_long", "too_short", "too_long"}
_PATTERNS: dict[str, tuple[str, dict[str, object]]] = {
    CODE: ("code_invalide", {}),
    CODE_COURT: ("code_court_invalide", {"limite": 3}),
    CODE_PERIODE: ("code_court_invalide", {"limite": 4}),
    ID_CRITERE: ("critere_invalide", {}),
}


def validate(
    model: type[Model], root: Node, added: Mapping[str, object] | None = None
) -> tuple[Model | None, list[Erreur]]:
    """The model of that tree, or its errors.

    `added` is what the file does not say (an id): the same key in the file is unknown there.
    """
    plain = root.plain()
    errors = []
    if isinstance(plain, dict) and added:
        errors = [_unknown(model, root.keys[key]) for key in added if key in plain]
        plain |= added
    try:
        found = model.model_validate(plain)
    except ValidationError as refusal:
        raw = refusal.errors(include_url=False, include_input=False)
        mistyped = _mistyped(model, raw)
        raw = [r for r in raw if r["type"] != "missing" or r["loc"] not in mistyped]
        errors += [e for r in raw if (e := _translate(model, root, r)) is not None]
        return None, errors
    return (None if errors else found), errors


def _mistyped(model: type[BaseModel], raw: list[Any]) -> set[tuple[str | int, ...]]:
    """Paths of the keys that are absent because they are mistyped: one mistake, one error."""
    unknown = [r["loc"] for r in raw if r["type"] == "extra_forbidden"]
    return {(*path[:-1], _proche(_model_at(model, path[:-1]), path[-1])) for path in unknown}


def _translate(model: type[BaseModel], root: Node, raw: Any) -> Erreur | None:
    kind, context, path = raw["type"], raw.get("ctx", {}), raw["loc"]
    of_key = path[-1:] == ("[key]",)
    node = root.at(path)
    if _is_refused(node):
        return None
    if kind == "missing":
        return node.error("cle_absente", valeur=path[-1])
    if kind == "extra_forbidden":
        return _unknown(_model_at(model, path[:-1]), node)
    if kind == "string_pattern_mismatch" and context.get("pattern") in _PATTERNS:
        name, fixed = _PATTERNS[context["pattern"]]
        return node.error(name if node.text or of_key else "texte_vide", of_key=of_key, **fixed)
    if kind in _SIZES:
        return _size(node, context, of_key=of_key)
    if kind in _KINDS:
        return node.error(_KINDS[kind], of_key=of_key)
    if kind in MESSAGES:
        return node.error(kind, of_key=of_key, **context)
    return node.error("refusee", of_key=of_key)


def _size(node: Node, limits: Mapping[str, int], *, of_key: bool) -> Erreur | None:
    """Too much or too little of a text, of a key or of a list, counted in the file.

    pydantic does not count the elements that it refuses: such a list is not short, it holds
    something wrong, which has its own error.
    """
    low, high = limits.get("min_length", 0), limits.get("max_length", 0)
    value = node.key.value if of_key and node.key else node.value
    if isinstance(value, str):
        count = len(str(fold(value)))
        kind = "texte_long" if high else "texte_vide"
    else:
        count = len(value)
        kind = "liste_longue" if high else "liste_courte"
    if low and count >= low:
        return None
    return node.error(kind, of_key=of_key, limite=high or low, nombre=count)


def _unknown(model: type[BaseModel], node: Node) -> Erreur:
    """An unknown key, with the nearest one that this model has."""
    name = node.key.text if node.key else ""
    return node.error("cle_inconnue", of_key=True, proche=_proche(model, name))


def _proche(model: type[BaseModel], name: str) -> str:
    return nearest(name, [known for known in model.model_fields if known != "id"])


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that reads the keys at that path."""
    for segment in path:
        if isinstance(segment, str) and segment in model.model_fields:
            model = _inner_model(model.model_fields[segment].annotation) or model
    return model


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for arg in get_args(annotation) if (m := _inner_model(arg))), None)


def names_of(model: type[BaseModel]) -> frozenset[str]:
    """Every key that this model and those inside it declare."""
    inner = [m for field in model.model_fields.values() if (m := _inner_model(field.annotation))]
    return frozenset(model.model_fields).union(*(names_of(m) for m in inner))


def _is_refused(node: Node | None) -> bool:
    while node is not None:
        if node.refused:
            return True
        node = node.parent
    return False
