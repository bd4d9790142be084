"""The canary: a pupil's name, put wherever a file may be wrong, is never said.

What a command says of a promotion gets copied into a message or an issue, or stays in the log
of a machine: it gives places, codes and levels, never a name, a value or a line of the file.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from generator import cli
from tests.cases import CLASS, ESSAI, prepared

WORDS = ("Zéphyrine", "Canarivale", "Zep", "Zéphyrine CANARIVALE")
SAID = re.compile(r"canari|phyrine|\bzep\b", re.IGNORECASE)

# What is replaced in e01.yml, what takes its place; @ is the name.
PLACES = {
    # a key, at each depth
    "cle-racine": ("periodes:", "@: x\nperiodes:"),
    "cle-eleve": ("nom:", "@:"),
    "cle-eleve-voisine": ("nom:", "nom@:"),
    "cle-periode": ("semaines:", "@:"),
    "cle-organisme": ("tuteur:", "@:"),
    "cle-organisme-code": ("tuteur:", "code: @\n        tuteur:"),
    "cle-niveaux": ("1.1.2: NE", "@: NE"),
    "cle-niveaux-longue": ("1.1.2: NE", "@@@@@@: NE"),
    "cle-commentaires": ("1.1.1: Bêche", "@: Bêche"),
    "cle-double": ("nom: EXEMPLE", "@: x, @: y"),
    "cle-double-niveaux": ("1.1.2: NE", '@: NE\n      @: "3"'),
    "cle-double-periode": ("P1:", "@: {}\n  @:"),
    "cle-liste": ("1.1.2: NE", "? [@]\n      : NE"),
    "cle-de-cles": ("1.1.2: NE", "? {code: @}\n      : NE"),
    "cle-vide": ("1.1.2: NE", '"": @'),
    "cle-entre-guillemets": ("1.1.2: NE", '"@\\a": NE'),
    "cle-fusion": ("periodes:", "<<: @\nperiodes:"),
    "cle-reservee": ("P1:", "aux: {bilan: @}\n  P1:"),
    # a code
    "periode": ("P1:", "@:"),
    "niveau": ("1.1.2: NE", "1.1.2: @"),
    "niveau-liste": ("1.1.2: NE", "1.1.2: [@]"),
    "niveau-cles": ("1.1.2: NE", "1.1.2: {@: NE}"),
    "attendue": ("[1.1.1]", '[1.1.1, "@"]'),
    "attendue-liste": ("[1.1.1]", "[[@]]"),
    # a value
    "eleve-texte": ("eleve: {nom: EXEMPLE, prenom: Camille, classe: 1JARDIN}", "eleve: @"),
    "eleve-liste": ("eleve: {nom: EXEMPLE, prenom: Camille, classe: 1JARDIN}", "eleve: [@, @]"),
    "nom-long": ("nom: EXEMPLE", "nom: " + "@" * 30),
    "nom-seul": ("nom: EXEMPLE, prenom: Camille", "nom: @"),
    "nom-liste": ("nom: EXEMPLE", "nom: [@]"),
    "nom-cles": ("nom: EXEMPLE", "nom: {@: @}"),
    "organisme-texte": ("- nom: Jardin", "- @\n      - nom: Jardin"),
    "organisme-long": ("nom: Jardin", "nom: " + "@" * 30),
    "organismes-cles": ("organismes:", "organismes: {nom: @}\n    bilan:"),
    "tuteur-liste": ("tuteur: Mme Modèle", "tuteur: [@]"),
    "semaines": ("semaines: 6", "semaines: @"),
    "date": ("2026-05-18", "@"),
    "date-avec-nom": ("2026-05-18", "2026-05-18 @"),
    "commentaire-long": ("Bêche seule", "@ " * 70),
    "commentaire-liste": ("Bêche seule", "[@]"),
    "bilan-long": ("Ponctuelle, attentive", "@ " * 200),
    "bilan-cles": ("Ponctuelle, attentive", "{@: @}"),
    "periode-texte": ("P1:\n", "P2: @\n  P1:\n"),
    "juste-mais-fautes-autour": ("semaines: 6", "semaines: 99 # @"),
    # the syntax
    "guillemet": ("tuteur: Mme Modèle", 'tuteur: "@'),
    "accolade": ("nom: EXEMPLE, prenom: Camille, classe: 1JARDIN}", "nom: @"),
    "deux-points": ("Ponctuelle, attentive", "@: @: @"),
    "retrait": ("    semaines: 6", "   @: 6"),
    "tabulation": ("    semaines: 6", "\t@: 6"),
    "echappement": ("Ponctuelle, attentive", '"@ \\q"'),
    "invisible": ("Bêche seule", "@\x07"),
    "invisible-echappe": ("Bêche seule", '"@\\a"'),
    "ancre": ("Mme Modèle", "&@ Mme Modèle"),
    "renvoi": ("Mme Modèle", "*@"),
    "renvoi-cle": ("1.1.2: NE", "*@ : NE"),
    "etiquette": ("Mme Modèle", "!@ Mme Modèle"),
    "etiquette-longue": ("Mme Modèle", "!!@ Mme Modèle"),
    "directive": ("eleve:", "%@ 1\n---\neleve:"),
    "directive-etiquette": ("eleve:", "%TAG !@! tag:@,2000:\n---\neleve: !@!x\n  x:"),
    "second-document": ("periodes:", "--- @\nperiodes:"),
    "bloc": ("bilan: Ponctuelle, attentive", "bilan: |@\n"),
    "arobase": ("Mme Modèle", "`@"),
}

# Files of the promotion besides the pupils', and how the command then ends.
FILES = {
    "@.txt": 0,
    "@": 0,
    "@.yml.bak": 0,
    "x.@": 0,
    "@.tar.@": 0,
    "1.@": 0,
    "@.YML": 1,
    "@ @.yml": 1,
    "@.yaml": 1,
    "é@.yml": 1,
}

ASCII = str.maketrans("éÉ", "eE")


def said_by(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[set[object], str]:
    """The exit codes of the two commands that read pupils, and all that they say, without a
    terminal and with one.
    """
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GRILLES_TRACE", raising=False)
    codes: set[object] = set()
    for terminal in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda terminal=terminal: terminal)
        for command in (["verifier"], ["eleves", ESSAI]):
            with pytest.raises(SystemExit) as end:
                cli.main(command)
            codes.add(end.value.code)
    out, err = capsys.readouterr()
    return codes, out + err


def spoil(folder: Path) -> None:
    """A mistake in promotion.yml too: pupils are then read without it."""
    promotion = folder / ESSAI / "promotion.yml"
    text = promotion.read_text(encoding="utf-8")
    promotion.write_text(text.replace("https://exemple.fr/", "exemple"), encoding="utf-8")


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("place", PLACES)
def test_no_name_is_said_of_a_wrong_file(
    place: str,
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = prepared(CLASS, tmp_path / "essai")
    pupil = folder / ESSAI / "e01.yml"
    old, new = PLACES[place]
    text = pupil.read_text(encoding="utf-8")
    assert old in text
    if place.startswith(("ancre", "renvoi", "etiquette", "directive")):
        word = word.translate(ASCII).replace(" ", "")  # what YAML takes as such a name
    pupil.write_text(text.replace(old, new.replace("@", word), 1), encoding="utf-8")
    codes, said = said_by(folder, monkeypatch, capsys)
    assert codes == {1}
    assert said.count(f"{ESSAI}/e01.yml") >= 4
    assert SAID.findall(said) == []
    spoil(folder)
    codes, said = said_by(folder, monkeypatch, capsys)
    assert codes == {1}
    assert SAID.findall(said) == []


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("name", FILES)
def test_no_name_of_a_file_is_said(
    name: str,
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = prepared(CLASS, tmp_path / "essai")
    (folder / ESSAI / name.replace("@", word)).write_text("", encoding="utf-8")
    codes, said = said_by(folder, monkeypatch, capsys)
    assert codes == {FILES[name]}
    assert "d'un élève" in said
    assert SAID.findall(said) == []


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "pasted",
    ["@: x", "eleve: {nom: @}", "@", '"@', "&@ x: y", "- @", "? [@]\n: x", "periodes: @"],
)
def test_no_name_pasted_into_promotion_yml_is_said(
    pasted: str,
    word: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = prepared(CLASS, tmp_path / "essai")
    path = folder / ESSAI / "promotion.yml"
    text = f"{path.read_text(encoding='utf-8')}{pasted.replace('@', word)}\n"
    path.write_text(text, encoding="utf-8")
    codes, said = said_by(folder, monkeypatch, capsys)
    assert codes == {1}
    assert SAID.findall(said) == []


def test_the_canary_is_heard_where_it_is_not_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The public data may be quoted: this test would otherwise pass on a silent command.
    folder = prepared(CLASS, tmp_path / "essai")
    path = folder / "data" / "mini" / "referentiel.yml"
    path.write_text(path.read_text(encoding="utf-8") + "Canarivale: x\n", encoding="utf-8")
    codes, said = said_by(folder, monkeypatch, capsys)
    assert codes == {1}
    assert len(SAID.findall(said)) == 6
