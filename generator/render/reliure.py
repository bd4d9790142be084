"""Finishes and binds PDF documents without losing their tags. Alone knows pikepdf.

The structure of a tagged document: ISO 32000-1, 14.7 (structure tree) and 14.8.5.7 (tables).
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

A4_PAYSAGE = (297 * 72 / 25.4, 210 * 72 / 25.4)  # pt


class Document(NamedTuple):
    """`pages` is how many it has."""

    contenu: bytes
    pages: int


def finished(document: bytes, ranks: Sequence[int], *, even: bool) -> Document:
    """The same document where, in each row of a table's body, the cell of that rank is a header
    of its row: Typst cannot say it. With `even`, a blank page makes its pages even.
    """
    with pikepdf.open(BytesIO(document)) as pdf:
        root = pdf.Root.StructTreeRoot
        rows = _rows(root)
        for cell in (cell for row in rows for cell in row):
            _lighten(cell)
        del root.IDTree
        body = [row for row in rows if row[0].P.P.S == "/TBody"]
        for row, rank in zip(body, ranks, strict=True):
            row[rank].S = Name.TH
            scope = Dictionary(O=Name.Table, Scope=Name.Row)
            row[rank].A = Array([*attributes_of(row[rank]), scope])
        if even and len(pdf.pages) % 2:
            pdf.add_blank_page(page_size=A4_PAYSAGE)
        return Document(_saved(pdf), len(pdf.pages))


def bound(titre: str, documents: Sequence[tuple[str, bytes]]) -> bytes:
    """One document of all these, tags and bookmarks included; each has a name of its own in the
    outline.
    """
    opened = [(name, pikepdf.open(BytesIO(content))) for name, content in documents]
    target = opened[0][1]
    whole = target.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    parents, outline = Array(), []
    for rank, (name, source) in enumerate(opened):
        outline.append(_bookmarks(name, source, 0 if rank == 0 else len(target.pages)))
        tree = source.Root.StructTreeRoot
        if source is not target:
            target.pages.extend(source.pages)  # first: the tree refers to the pages
            tree = target.copy_foreign(tree)
        (part,) = tree.K
        part.S, part.P = Name.Part, whole
        whole.K.append(part)
        for page in target.pages[-len(source.pages) :] if rank else target.pages:
            if "/StructParents" in page.obj:
                elements = _entry(tree, page.obj.StructParents)
                page.obj.StructParents = len(parents) // 2
                parents.extend([page.obj.StructParents, elements])
    root = target.Root.StructTreeRoot
    root.K = Array([whole])
    root.ParentTree, root.ParentTreeNextKey = Dictionary(Nums=parents), len(parents) // 2
    whole.P = root
    with target.open_outline() as shown:
        shown.root[:] = outline
    with target.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = titre
    return _saved(target)


def attributes_of(element: Any) -> list[Any]:
    """What a structure element declares: one set of attributes, several, or none."""
    found = element.get("/A")
    return list(found) if isinstance(found, Array) else [found] if found else []


def _bookmarks(name: str, source: Pdf, start: int) -> OutlineItem:
    """That document's bookmarks under its name; `start` is the rank of its first page."""
    item = OutlineItem(name, start)
    own = {page.obj.objgen: rank for rank, page in enumerate(source.pages)}
    with source.open_outline() as outline:
        for sheet in outline.root:
            destination: Any = sheet.destination
            rank = own[destination[0].objgen]
            item.children.append(OutlineItem(sheet.title, start + rank))
    return item


def _lighten(cell: Any) -> None:
    """Borders and backgrounds say nothing to anybody, and the scope of each header says what the
    headers named cell by cell would: half the weight of the tree. What spans stays.
    """
    kept = []
    for declared in attributes_of(cell):
        if declared.O == "/Table":
            if "/Headers" in declared:
                del declared.Headers
            if len(declared) > 1:
                kept.append(declared)
    if kept:
        cell.A = Array(kept)
    else:
        del cell.A
    if "/ID" in cell:
        del cell.ID


def _entry(tree: Any, key: Any) -> Any:
    """What the parent tree holds under that key: the elements of a page's contents."""
    numbers = tree.ParentTree.Nums
    return next(numbers[n + 1] for n in range(0, len(numbers), 2) if numbers[n] == key)


def _rows(element: Any) -> list[list[Any]]:
    """The cells of every row of a table below, in reading order."""
    rows = []
    for child in _children(element):
        rows += [_children(child)] if child.S == "/TR" else _rows(child)
    return rows


def _children(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    each = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in each if isinstance(kid, Dictionary) and "/S" in kid]


def _saved(pdf: Pdf) -> bytes:
    saved = BytesIO()
    pdf.save(
        saved,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
    )
    return saved.getvalue()
