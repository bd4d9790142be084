"""What a public build needs, whatever the host: checked data, pages, navigation, refusals.

Nothing here, nor anything imported from here, can open an evaluation.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from html import unescape
from pathlib import Path
from typing import NamedTuple

from generator.errors import Erreur, Lieu, erreur
from generator.feuilles import Maker, blank_documents
from generator.read.files import shown
from generator.read.published import published_folders
from generator.read.referentiel import read_referentiels
from generator.render.erreurs import error_page
from generator.render.pages import Nav, navigation, public_pages
from generator.values import unaccented

EXTENSIONS = ("md", "css", "js", "svg", "png", "webp", "woff2", "txt", "pdf", "json")


class Publication(NamedTuple):
    """`documents` make the PDF sheets, by path. `modifie_le` is the latest day of the data: the
    only date that outputs may bear.
    """

    pages: dict[str, str | bytes]
    documents: dict[str, Maker]
    navigation: Nav
    modifie_le: date
    sources: tuple[Path, ...]


def prepare(root: Path, adresse: str) -> Publication:
    """The public site of the project in `root`, whose public address ends with a slash, or is
    empty. Raises DonneesInvalides, with all the errors.
    """
    folders = published_folders(root)
    referentiels = read_referentiels(folders)
    return Publication(
        pages=public_pages(referentiels, adresse),
        documents={
            f"{referentiel.id}/telechargements/{name}": make
            for referentiel in referentiels
            for name, make in blank_documents(referentiel, adresse=adresse).items()
        },
        navigation=navigation(referentiels),
        modifie_le=max(referentiel.modifie_le for referentiel in referentiels),
        sources=(*folders, root / "data" / "echelles"),
    )


def started(makers: Mapping[str, Maker]) -> dict[str, Future[bytes]]:
    """The same documents, being made while the pages are."""
    worker = _worker()
    documents = {path: worker.submit(make) for path, make in makers.items()}
    worker.shutdown(wait=False)
    return documents


def _worker() -> Executor:
    """A process split off from this one where that is quick and safe: from a single thread, on
    Linux. Elsewhere a thread, which Typst leaves free half of the time.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return ProcessPoolExecutor(1, multiprocessing.get_context("fork"))
    return ThreadPoolExecutor(1)


def refusals(root: Path, docs: Path, site: Path, publication: Publication) -> list[Erreur]:
    """Why these folders may not be published: each is a way a pupil's file could slip in."""
    errors = _forbidden_site(root, docs, site)
    generated = {_address(path) for path in (*publication.pages, *publication.documents)}
    for path in _walk(docs):
        name, place = path.relative_to(docs).as_posix(), Lieu(shown(path))
        if path.is_symlink():
            errors.append(erreur(place, "publie_lien"))
        elif path.is_file() and path.suffix[1:].lower() not in EXTENSIONS:
            errors.append(erreur(place, "publie_extension", choix=", ".join(EXTENSIONS)))
        elif path.is_file() and _address(name) in generated:
            errors.append(erreur(place, "publie_double"))
    for path in (p for source in publication.sources for p in _walk(source)):
        if path.is_symlink():
            errors.append(erreur(Lieu(shown(path)), "publie_lien"))
    return errors


def error_files(erreurs: Iterable[Erreur]) -> dict[str, str]:
    """The errors as the site's only pages: home, and whatever address is asked."""
    page = error_page(erreurs)
    return {"index.html": page, "404.html": page}


def folded_fields(title: str, text: str) -> dict[str, str]:
    """Two more fields of a search entry: its words that have accents, without them.

    The search engine folds nothing, so « evaluer » would not find « évaluer ». The other words
    are in the entry already. `text` may hold tags; their names have no accent.
    """
    return {"title_folded": _folded_words(title), "text_folded": _folded_words(text)}


def _folded_words(text: str) -> str:
    accented = dict.fromkeys(re.findall(r"\w*[^\W\x00-\x7F]\w*", unescape(text)))
    return " ".join(plain for word in accented if (plain := unaccented(word)) != word)


def _forbidden_site(root: Path, docs: Path, site: Path) -> list[Erreur]:
    target = site.resolve()
    for name, folder in {"prive": root / "prive", "data": root / "data", "docs": docs}.items():
        kept = folder.resolve()
        if target.is_relative_to(kept) or kept.is_relative_to(target):
            return [erreur(Lieu(shown(site)), "site_interdit", valeur=f"{name}/")]
    return []


def _walk(folder: Path) -> Iterator[Path]:
    """Everything that could be published below a folder, itself included; no link is followed.

    MkDocs leaves out what starts with a dot, and so do we.
    """
    yield folder
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *sorted(files)):
            if not name.startswith("."):
                yield Path(parent, name)


def _address(path: str) -> str:
    """Two paths with the same one would be written to the same place, on some systems at least."""
    parts = path.removesuffix(".md").casefold().split("/")
    if parts[-1] in ("index", "readme"):
        parts.pop()
    return "/".join(parts)
