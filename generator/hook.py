"""Door 2: MkDocs. The only module that knows it; all the work is in `publish`."""

from __future__ import annotations

import os
from concurrent.futures import Future
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

from generator.errors import DonneesInvalides, PdfImpossible
from generator.publish import Publication, error_files, folded_fields, prepare, refusals, started

# Set by `grilles servir`: wrong data are then shown as the page, instead of hanging it.
SHOW_ERRORS = "GRILLES_SERVIR"


class LateFile(File):
    """A file whose content is still being made."""

    document: Future[bytes]


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Adds the pages that come from the data; MkDocs writes nothing before this has passed."""
    try:
        publication = _publication(config)
    except DonneesInvalides as wrong:
        if SHOW_ERRORS not in os.environ:
            raise Abort(str(wrong)) from None
        config.nav, generated = [], error_files(wrong.erreurs)
        config.theme.static_templates.discard("404.html")  # or it would replace ours
        return Files([File.generated(config, p, content=c) for p, c in generated.items()])
    for path, content in publication.pages.items():
        files.append(File.generated(config, path, content=content))
    for path, document in started(publication.documents).items():
        late = cast(LateFile, LateFile.generated(config, path, content=b""))
        late.document = document
        files.append(late)
    config.nav = publication.navigation + (config.nav or [])
    _date_of_outputs(publication)
    return files


def on_env(_: Any, *, config: MkDocsConfig, files: Files) -> None:
    """Waits for the PDF sheets, which were made beside the pages; nothing is written yet."""
    del config
    try:
        for file in files:
            if isinstance(file, LateFile):
                file.content_bytes = file.document.result()
    except PdfImpossible as impossible:
        raise Abort(impossible.sentence) from None


@event_priority(50)  # before the search plugin writes its index
def on_post_build(*, config: MkDocsConfig) -> None:
    """Lets a search without accents find the words that have some."""
    search: Any = config.plugins["material/search"]
    for entry in search.search_index.entries:
        entry |= folded_fields(entry["title"], entry["text"])


def on_serve(server: Any, *, config: MkDocsConfig, builder: Any) -> None:
    """Rebuilds when a published referential changes, and for no other data."""
    try:
        sources = _publication(config).sources
    except DonneesInvalides:
        sources = (_root(config) / "data",)
    for source in sources:
        server.watch(str(source))


def _publication(config: MkDocsConfig) -> Publication:
    root = _root(config)
    publication = prepare(root, config.site_url or "")
    if refused := refusals(root, Path(config.docs_dir), Path(config.site_dir), publication):
        raise DonneesInvalides(refused)
    return publication


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def _date_of_outputs(publication: Publication) -> None:
    # MkDocs dates its site map from this variable, and from the clock without it.
    midnight = datetime.combine(publication.modifie_le, time(), UTC)
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(int(midnight.timestamp())))
