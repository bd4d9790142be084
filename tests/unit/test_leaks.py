"""Pupils' names are found wherever a site may hold them, and never said."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from generator.leaks import FichierIllisible, Fuite, Identite, find_leaks

CAMILLE = Identite("e01", "EXEMPLE", "Camille")
JEAN = Identite("e02", "DE LA MAQUETTE", "Jean-Baptiste")
ELOISE = Identite("e03", "BŒUF-ÉCHANTILLON", "Éloïse")
CAGRI = Identite("e04", "ŁØVIĞ-D'ESSAI", "Çağrı")
ALL = (CAMILLE, JEAN, ELOISE, CAGRI)


def leaks(folder: Path, content: str | bytes, name: str = "page.html") -> list[Fuite]:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return find_leaks(folder, ALL)


def pdf(text: str = "", *, attached: str = "", xmp: str = "", **metadata: str) -> bytes:
    """A page of text, compressed: its bytes alone do not show it."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"),
                             NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica"),
                             NameObject("/Encoding"): NameObject("/WinAnsiEncoding")})  # fmt: skip
    fonts = DictionaryObject({NameObject("/F"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F 12 Tf 20 200 Td ({text}) Tj ET".encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    writer.add_metadata({f"/{key}": value for key, value in metadata.items()})
    if xmp:
        stream = DecodedStreamObject()
        stream.set_data(f"<x:xmpmeta>{xmp}</x:xmpmeta>".encode())
        packed = stream.flate_encode()
        packed[NameObject("/Type")] = NameObject("/Metadata")
        writer.root_object[NameObject("/Metadata")] = writer._add_object(packed)
    if attached:
        writer.add_attachment("notes.txt", gzip.compress(attached.encode()))
    return saved(writer)


def saved(writer: PdfWriter, password: str = "") -> bytes:
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def zipped(text: str, name: str = "xl/sharedStrings.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


WRITTEN = {
    "e01": (
        "Camille EXEMPLE",
        "EXEMPLE Camille",
        "exemple, CAMILLE",
        "Camille\n\t EXEMPLE",
        "Camille\u00a0EXEMPLE",
        "Cam\u00adille EX\u200bEMPLE",
        "Camille\u200bEXEMPLE",
        "camille_exemple2",
        "Cámìllè  Ẽxemplé",
        "Camille Exemple",
        "\N{FULLWIDTH LATIN CAPITAL LETTER C}amille EXEMPLE",
        "<b>Camille</b> <i>EXEMPLE</i>",
        '<td>EXEMPLE</td>\n<td class="a>b">Camille</td>',
        "<b>C</b>amille <span>EX</span><span>EMPLE</span>",
        "<b>Camille</b><i>EXEMPLE</i>",
        '<a title="Camille EXEMPLE" href="/">',
        "<!-- Camille EXEMPLE -->",
        "Camille <!-- l'eau --> EXEMPLE",
        "<prenom>Camille</prenom><nom>EXEMPLE</nom>",
        "eleve: {nom: EXEMPLE, prenom: Camille, classe: 1AGORA}",
        "Nom : EXEMPLE / Prénom : Camille",
        "Camille&nbsp;EXEMPLE",
        "&#67;amille &#x45;XEMPLE",
        "&amp;#67;amille EXEMPLE",
        "?q=Camille+EXEMPLE",
        "?q=%43amille%20EXEMPLE",
        "?q=%2543amille%2520EXEMPLE",
        r'"Camille\nEXEMPLE"',
        r"C:\camille\exemple",
        r"\u0043amille\u0020EXEMPLE \x43",
        r"\u{43}amille EXEMPLE",
        r'{"a": "<a title=\"Camille\nEXEMPLE\">"}',
        r'["<b title=\"x\">Camille</b>\nEXEMPLE"]',
    ),
    "e02": (
        "Jean-Baptiste DE LA MAQUETTE",
        "de la maquette jean baptiste",
        "jean%2Dbaptiste_de-la-maquette",
        "Jean<br>Baptiste, de&#160;la+maquette",
        r"jean\baptiste de la maquette",
    ),
    "e03": (
        "Eloise Boeuf Echantillon",
        "E\u0301loi\u0308se BŒUF-E\u0301CHANTILLON",
        r"\u00c9lo\u00efse B\u0152UF \u00c9chantillon",
        "&Eacute;lo&iuml;se B&OElig;UF &#201;chantillon",
        "%C3%89lo%C3%AFse-B%C5%93uf-%C3%89chantillon",
        "%C9lo%EFse boeuf %C9chantillon",
    ),
    "e04": (
        "Cagri Lovig d\N{RIGHT SINGLE QUOTATION MARK}essai",
        "ÇAĞRI ŁØVİG D\N{MODIFIER LETTER APOSTROPHE}ESSAI",
    ),
}


@pytest.mark.parametrize(("eleve", "text"), [(e, t) for e, all_ in WRITTEN.items() for t in all_])
def test_however_it_is_written(tmp_path: Path, eleve: str, text: str) -> None:
    assert leaks(tmp_path, f"<p>Ici {text}.</p>") == [Fuite("page.html", eleve)]


ACCENTED = "Vu : Éloïse BŒUF-ÉCHANTILLON"
URLSET = "<urlset><url><loc>https://a.fr/Eloise%20B%C5%93uf-%C3%89chantillon/</loc></url></urlset>"
FILES: dict[str, str | bytes] = {
    "search/search_index.json": json.dumps({"docs": [{"text": f"<p>{ACCENTED}</p>"}]}),
    "a.json": json.dumps({"eleves": [{"nom": ELOISE.nom, "prenom": ELOISE.prenom}]}),
    "sitemap.xml": URLSET,
    "sitemap.xml.gz": gzip.compress(URLSET.encode()),
    "app.js.map": f"// {ACCENTED}",
    "a.svg": "<svg><text><tspan>É</tspan><tspan>loïse</tspan> BŒUF-ÉCHANTILLON</text></svg>",
    ".caché/a.txt": ACCENTED,
    "latin.html": ACCENTED.replace("Œ", "OE").encode("latin-1"),
    "bom.txt": ACCENTED.encode("utf-8-sig"),
    "utf16.txt": ACCENTED.encode("utf-16"),
    "binaire.xls": b"\xff\x00\x00\x01" + ACCENTED.encode("utf-16-le") + b"\x00\x9d",
    "binaire.be": b"\xff\x00\x00" + ACCENTED.encode("utf-16-be") + b"\x00\x9d",
    "image.png": b"\x89PNG\x00\xff" + ACCENTED.encode() + b"\x00\x9d",
    "classe.xlsx": zipped(f"<si><t>{ELOISE.nom}</t></si><si><t>{ELOISE.prenom}</t></si>"),
    "site.zip": zipped("", "Éloïse/Boeuf-Échantillon.html"),
    "texte.pdf": pdf(ACCENTED),
    "titre.pdf": pdf(Title=ACCENTED),
    "xmp.pdf": pdf(xmp=ACCENTED),
    "pièce-jointe.pdf": pdf(attached=ACCENTED),
    "sans-extension": pdf(ACCENTED),
}


@pytest.mark.parametrize("name", FILES)
def test_in_any_file(tmp_path: Path, name: str) -> None:
    assert leaks(tmp_path, FILES[name], name) == [Fuite(name, "e03")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("camille-exemple.html", "…"),
        ("a/Exemple_Camille2.pdf.txt", "a/…"),
        ("a/Camille EXEMPLE/index.html", "a/…"),
        ("b/camille%20exemple.txt", "b/…"),
    ],
)
def test_in_a_path_that_is_then_cut(tmp_path: Path, name: str, shown: str) -> None:
    assert leaks(tmp_path, "rien", name) == [Fuite(shown, "e01")]


@pytest.mark.parametrize(
    "text",
    [
        "Camille",
        "EXEMPLE",
        "Camille est un EXEMPLE",
        "<p>Camille</p><p>puis</p><p>EXEMPLE</p>",
        "Camille EXEMPLES",
        "Camilles EXEMPLE",
        "Camille contre-exemplé 12",
        "CamilleEXEMPLE",
        "Camille 12 EXEMPLE",
        "Jean-Baptiste MAQUETTE",
        "Jean DE LA MAQUETTE",
        "Baptiste Jean DE LA MAQUETTE",
    ],
)
def test_what_is_no_name(tmp_path: Path, text: str) -> None:
    assert leaks(tmp_path, f"<p>{text}</p>") == []
    assert leaks(tmp_path, pdf(text), "page.pdf") == []


def test_nothing_of_the_name_is_said(tmp_path: Path) -> None:
    found = leaks(tmp_path, "Camille EXEMPLE, Éloïse Boeuf-Échantillon", "Exemple Camille/a.html")
    assert found == [Fuite("…", "e01"), Fuite("…", "e03")]
    said = str(found).casefold()
    assert not [w for i in ALL for w in (i.nom, i.prenom, "exemple") if w.casefold() in said]


def test_homonyms_are_all_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Camille Exemple", encoding="utf-8")
    twins = [CAMILLE, Identite("e09", "Éxemple", "CAMILLE"), Identite("e10", "-", "…")]
    assert find_leaks(tmp_path, iter(twins)) == [Fuite("a.txt", "e01"), Fuite("a.txt", "e09")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a/cassé.pdf", b"%PDF-1.7\nrien"),
        ("a/vide.pdf", b""),
        ("a/sans-page.pdf", saved(PdfWriter())),
        ("a/fermé.pdf", saved(PdfWriter(io.BytesIO(pdf("Bonjour"))), "secret")),
        ("a/tronqué.pdf", pdf("Bonjour")[:300]),
        ("a/tronqué.gz", gzip.compress(b"Bonjour" * 99)[:-9]),
        ("a/tronqué.zip", zipped("Bonjour")[:-9]),
    ],
)
def test_what_cannot_be_read_is_not_passed_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, content: bytes
) -> None:
    with pytest.raises(FichierIllisible) as caught:
        leaks(tmp_path, content, name)
    assert (caught.value.fichier, str(caught.value)) == (name, name)
    assert caplog.records == []
    (tmp_path / name).rename(tmp_path / "a/camille-exemple.pdf")
    with pytest.raises(FichierIllisible, match=r"^a/…$"):
        find_leaks(tmp_path, ALL)


def test_a_trap_of_files_within_files(tmp_path: Path) -> None:
    content = b"Bonjour"
    for _ in range(9):
        content = gzip.compress(content)
    with pytest.raises(FichierIllisible, match="poupées"):
        leaks(tmp_path, content, "poupées.gz")


def test_no_site_is_not_a_site_without_leaks(tmp_path: Path) -> None:
    with pytest.raises(FichierIllisible):
        find_leaks(tmp_path / "absent", ALL)


def test_nothing_is_read_outside_the_site(tmp_path: Path) -> None:
    (tmp_path / "prive" / "d").mkdir(parents=True)
    (tmp_path / "prive" / "a.html").write_text("Camille EXEMPLE", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "lien.html").symlink_to(tmp_path / "prive" / "a.html")
    (tmp_path / "site" / "dossier").symlink_to(tmp_path / "prive", target_is_directory=True)
    (tmp_path / "site" / "perdu.html").symlink_to("nulle-part")
    assert find_leaks(tmp_path / "site", ALL) == []
    (tmp_path / "site" / "camille-exemple.html").symlink_to("nulle-part")
    assert find_leaks(tmp_path / "site", ALL) == [Fuite("…", "e01")]


def test_a_thousand_pupils_in_many_pages(tmp_path: Path) -> None:
    many = [Identite(f"e{n}", f"DE LA {n:b}".replace("1", "i"), "Jean de la") for n in range(1000)]
    page = "<p>Une <b>phrase</b> de la page, de la longueur d'une autre.</p>\n" * 400
    for n in range(20):
        (tmp_path / f"{n}.html").write_text(page, encoding="utf-8")
    start = time.perf_counter()
    assert find_leaks(tmp_path, many) == []
    assert time.perf_counter() - start < 5  # a tenth of a second when nothing else runs
