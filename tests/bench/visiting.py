"""The first visit of a competency page: requests, bytes on the wire, time to see it on a phone."""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

from playwright.sync_api import Browser, sync_playwright

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


# Slow 4G as Lighthouse has it, and a processor four times slower: a cheap phone in a workshop.
# https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8,
           "uploadThroughput": 750e3 / 8}  # fmt: skip
SLOWER = 4
OBSERVER = """
  window.seen = {largest: 0, shift: 0};
  new PerformanceObserver(l => l.getEntries().forEach(e => seen.largest = e.startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(l => l.getEntries().forEach(e => {
    if (!e.hadRecentInput) seen.shift += e.value;
  })).observe({type: "layout-shift", buffered: true});
"""


def _seen(browser: Browser, address: str) -> tuple[float, float]:
    """When the largest piece was painted (s), and how much the layout moved; nothing is cached."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(OBSERVER)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = page.evaluate("seen")
    context.close()
    return found["largest"] / 1000, found["shift"]


def run(short: bool, folder: Path) -> None:
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
        first = dict(sent)
        runs = 1 if short else 7
        visits = [_seen(browser, f"{address}agora-2020/competences/1.1.1/") for _ in range(runs)]
        browser.close()
    assert len(first) > 3
    say(
        "first visit of a competency page: bytes on the wire",
        sum(first.values()) / 1000,
        250,
        " kB",
    )
    say("first visit of a competency page: requests", len(first), 12)
    paint, shift = (statistics.median(column) for column in zip(*visits, strict=True))
    assert paint > 0
    say("the same on slow 4G, processor / 4: largest paint", paint, 2.5, " s")
    say("the same: layout shift", shift, 0.05)
