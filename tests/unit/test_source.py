"""Whatever the bytes, reading gives a tree or French errors, never an exception."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.errors import Erreur
from generator.model import Referentiel
from generator.read.checks import check_referentiel
from generator.read.schema import validate
from generator.read.source import parse
from generator.read.tree import Node
from tests.cases import kinds_of
from tests.projects import ROOT

LIBYAML: list[Any] = [yaml.CSafeLoader] if yaml.__with_libyaml__ else []
LOADERS: list[Any] = [*LIBYAML, yaml.SafeLoader]
DATA = ROOT / "data" / "agora-2020"
ROOT_FILE = (DATA / "referentiel.yml").read_bytes()
POLE = (DATA / "pole-2.yml").read_text(encoding="utf-8")

# Found by trying 600,000 texts: libyaml takes a comment glued to the sign of a block of text
# (`|#`), the pure loader takes a colon glued to a closing bracket (`[a:]`). Nobody writes these.
KNOWN_DIVERGENCES = re.compile(rb"[|>][-+0-9]*#|:[]}]")

SHORT = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

yamlish = st.text("-:[]{}\"'&*!|>#%@ \t\n\ra1é", max_size=60)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A real file in which a few places have been replaced."""
    text = POLE
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 40))
        text = text[:start] + draw(yamlish) + text[end:]
    return text


anything = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100).map(lambda text: text.encode(errors="replace")),
    yamlish.map(str.encode),
    mutated().map(str.encode),
)


def read(data: bytes, loader: Any) -> tuple[Node | None, list[Erreur]]:
    tree, errors = parse(data, "essai.yml", loader=loader)
    assert tree or errors
    assert_french(errors)
    return tree, errors


def assert_french(errors: list[Erreur]) -> None:
    assert [error for error in errors if not kinds_of(error.message)] == []
    assert all(error.lieu.ligne >= 0 and error.lieu.colonne >= 0 for error in errors)


def plain(text: str, loader: Any = yaml.SafeLoader) -> object:
    tree, errors = read(text.encode(), loader)
    assert tree and not errors, errors
    return tree.plain()


@pytest.mark.parametrize("loader", LOADERS)
@given(data=anything)
@SHORT
def test_any_bytes_give_a_tree_or_french_errors(loader: Any, data: bytes) -> None:
    tree, errors = read(data, loader)
    if tree:
        found, wrong = validate(Referentiel, tree, added={"id": "essai"})
        wrong += check_referentiel(tree)
        assert_french(wrong)
        assert found or wrong or errors


@pytest.mark.parametrize("loader", LOADERS)
@given(text=mutated())
@SHORT
def test_any_pole_can_be_checked(loader: Any, text: str) -> None:
    pole, _ = read(text.encode(), loader)
    root, _ = parse(ROOT_FILE, "referentiel.yml")
    if pole and root:
        pole.parent, names = root.keys["poles"], root.items("poles")
        names[:] = [pole]
        root.keys["echelle"].refused = True  # its scale is not there: not what is tested
        found, wrong = validate(Referentiel, root, added={"id": "essai"})
        wrong += check_referentiel(root)
        assert_french(wrong)
        assert found is None


@pytest.mark.skipif(not LIBYAML, reason="libyaml n'est pas installée")
@given(data=anything)
@SHORT
def test_both_loaders_give_the_same_tree(data: bytes) -> None:
    data = data.replace(b"\t", b" ")  # libyaml takes a tab after a value, the other refuses it
    assume(not KNOWN_DIVERGENCES.search(data))
    one, wrong_one = read(data, yaml.CSafeLoader)
    other, wrong_other = read(data, yaml.SafeLoader)
    # Where both refuse, one may go on and tell more: a tag spelt oddly, for instance.
    assert bool(wrong_one) == bool(wrong_other)
    if one and other and not wrong_one:
        assert one.plain() == other.plain()
        assert places(one) == places(other)


def places(node: Node) -> list[tuple[int, int]]:
    """Where its values start, but empty ones: the loaders put these at either side of a blank."""
    children = node.value if isinstance(node.value, list) else node.keys.values()
    own = [(node.line, node.column)] if node.value != "" else []
    return own + [place for child in children for place in places(child)]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("text", ["1.10", "no", "12:30", "010", "~", "null", "0x1F", "2026-05-18"])
def test_scalars_are_texts(loader: Any, text: str) -> None:
    assert plain(f"code: {text}\n{text}: [{text}]", loader) == {"code": text, text: [text]}


@pytest.mark.parametrize("loader", LOADERS)
def test_windows_line_ends_change_nothing(loader: Any) -> None:
    one, _ = read(POLE.encode(), loader)
    other, _ = read(POLE.replace("\n", "\r\n").encode(), loader)
    assert one and other
    assert one.plain() == other.plain()
    assert places(one) == places(other)
    assert len(places(one)) > 100


@pytest.mark.parametrize("loader", LOADERS)
def test_columns_count_characters(loader: Any) -> None:
    _, errors = read("é: {œuvre: à 🌱, été: &x non}\n".encode(), loader)
    assert [str(error.lieu) for error in errors] == ["essai.yml:1:22: é.été :"]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_forbidden_character_is_found_at_its_place(loader: Any, line_end: str) -> None:
    _, errors = read(f"a: é{line_end}b: œ\u202e\u202e{line_end}c: \x00".encode(), loader)
    assert [(error.lieu.ligne, error.lieu.colonne) for error in errors] == [(2, 5), (3, 4)]
    assert re.search(r"U\+202E", errors[0].message)


def test_a_file_full_of_zeros_is_read_at_once() -> None:
    _, errors = read(b"\0" * 1_900_000, yaml.SafeLoader)
    assert len(errors) == 1
