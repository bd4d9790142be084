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
from generator.values import CODE, CODE_COURT, CODE_PERIODE, ID_CRITERE

Model = TypeVar("Model", bound=BaseModel)

# pydantic's type -> (our kind, {our detail: pydantic's detail})
_KINDS: dict[str, tuple[str, dict[str, str]]] = {
    "string_type": ("texte_attendu", {}),
    "string_too_short": ("texte_vide", {}),
    "string_too_long": ("texte_long", {"limite": "max_length"}),
    "dict_type": ("cles_attendues", {}),
    "model_type": ("cles_attendues", {}),
    "tuple_type": ("liste_attendue", {}),
    "date_type": ("texte_attendu", {}),
    "literal_error": ("texte_attendu", {}),
    "too_short": ("liste_courte", {"limite": "min_length", "nombre": "actual_length"}),
    "too_long": ("liste_longue", {"limite": "max_length", "nombre": "actual_length"}),
}
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
        errors += [e for r in raw if (e := _translate(model, root, r)) is not None]
        return None, errors
    return (None if errors else found), errors


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
    if kind in _KINDS:
        name, details = _KINDS[kind]
        found = {ours: context[theirs] for ours, theirs in details.items()}
        if name == "texte_long":
            found["nombre"] = len(node.text)
        return node.error(name, of_key=of_key, **found)
    if kind in MESSAGES:
        return node.error(kind, of_key=of_key, **context)
    return node.error("refusee", of_key=of_key)


def _unknown(model: type[BaseModel], node: Node) -> Erreur:
    """An unknown key, with the nearest one that this model has."""
    known = set(model.model_fields) - {"id"}
    name = node.key.text if node.key else ""
    return node.error("cle_inconnue", of_key=True, proche=nearest(name, known))


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


def _is_refused(node: Node | None) -> bool:
    while node is not None:
        if node.refused:
            return True
        node = node.parent
    return False
