"""The first visit of a competency page: how many requests, how many bytes on the wire."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

from playwright.sync_api import sync_playwright

from tests import chromium
from tests.bench.measure import say
from tests.projects import copy_project, grilles

TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ""}


class _Gzip(SimpleHTTPRequestHandler):
    """Sends texts as `gzip -9` would have left them; counts what it sends."""

    root: ClassVar[Path]
    sent: ClassVar[dict[str, int]]

    def do_GET(self) -> None:
        path = self.root / self.path.split("?")[0].lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body, packed = path.read_bytes(), path.suffix in TEXTS
        body = gzip.compress(body, 9) if packed else body
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.sent[self.path] = len(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(root: Path) -> Iterator[tuple[str, dict[str, int]]]:
    sent: dict[str, int] = {}
    handler = type("Handler", (_Gzip,), {"root": root, "sent": sent})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


def run(folder: Path) -> None:
    if (path := chromium.find()) is None:
        raise SystemExit(chromium.ABSENT)
    project = copy_project(folder / "visit")
    done = grilles(project, "site")
    assert done.returncode == 0, done.stderr
    with _served(project / "site") as (address, sent), sync_playwright() as playwright:
        browser = chromium.launch(playwright, path)
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"{address}agora-2020/competences/1.1.1/")
        page.wait_for_load_state("networkidle")
        browser.close()
    assert len(sent) > 3
    say(
        "first visit of a competency page: bytes on the wire", sum(sent.values()) / 1000, 250, " kB"
    )
    say("first visit of a competency page: requests", len(sent), 12)
