"""Reads a PDF as its readers do: what is said in what order, what is drawn where."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

MM = 72 / 25.4  # pt
Mark = tuple[int, int]  # a page, counted from 0, and the number of a marked content on it


class Box(NamedTuple):
    """In pt, from the bottom left of the page."""

    left: float
    bottom: float
    right: float
    top: float


def elements(element: Any) -> Iterator[Any]:
    """Every structure element below, in reading order."""
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def marks_of(pdf: pikepdf.Pdf) -> list[Mark]:
    """The marked contents that the structure reaches, in reading order."""
    ranks = {page.obj.objgen: rank for rank, page in enumerate(pdf.pages)}

    def below(element: Any) -> Iterator[Mark]:
        for kid in _kids(element):
            if isinstance(kid, int):
                yield ranks[element.Pg.objgen], kid
            elif "/S" in kid:
                yield from below(kid)
            elif kid.get("/Type") == "/MCR":
                yield ranks[kid.get("/Pg", element.get("/Pg")).objgen], int(kid.MCID)

    return list(below(pdf.Root.StructTreeRoot))


def read_aloud(document: bytes) -> str:
    """The text in the order of the structure: what a screen reader says."""
    drawn = drawn_marks(document)
    with pikepdf.open(io.BytesIO(document)) as pdf:
        return "".join(drawn.get(mark, "") for mark in marks_of(pdf))


def drawn_marks(document: bytes) -> dict[Mark, str]:
    """The text of each marked content that is drawn; empty for a line or a picture."""
    found: dict[Mark, str] = {}
    pdf = pypdfium2.PdfDocument(document)
    for rank, page in enumerate(pdf):
        text = page.get_textpage()
        for piece in page.get_objects(max_depth=1):
            number = pdfium.FPDFPageObj_GetMarkedContentID(piece.raw)
            if number >= 0:
                found[rank, number] = found.get((rank, number), "") + _text(piece, text)
    return found


def characters(page: Any) -> list[tuple[str, float, Box]]:
    """Each visible character of a page with its size in pt and the box of its drawing."""
    text = page.get_textpage()
    found = []
    for rank in range(text.count_chars()):
        char = text.get_text_range(rank, 1)
        if char.strip():
            size = pdfium.FPDFText_GetFontSize(text.raw, rank)
            found.append((char, size, Box(*text.get_charbox(rank))))
    return found


def lines(page: Any) -> tuple[list[Box], list[Box]]:
    """The vertical and the horizontal lines that are drawn."""
    boxes = [
        Box(*piece.get_bounds())
        for piece in page.get_objects(max_depth=1)
        if piece.type == pdfium.FPDF_PAGEOBJ_PATH
    ]
    upright = [b for b in boxes if b.right - b.left < 3 and b.top - b.bottom > 3]
    level = [b for b in boxes if b.top - b.bottom < 3 and b.right - b.left > 3]
    return upright, level


def _text(piece: Any, page: Any) -> str:
    if piece.type != pdfium.FPDF_PAGEOBJ_TEXT:
        return ""
    size = pdfium.FPDFTextObj_GetText(piece.raw, page.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFTextObj_GetText(piece.raw, page.raw, pointer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]
