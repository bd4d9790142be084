"""No pupil's name in what is public: not opened, not served, not included, not there."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.leaks import Fuite, Identite, find_leaks
from tests.projects import PARTS, ROOT, copy_project, grilles, tree
from tests.site.test_commands import wait_for

EXEMPLES = ROOT / "data" / "exemples"
E01 = "data/exemples/agora-2025-2028/e01.yml"
SECRET = {
    "promotion.yml": "intitule: Promotion secrète\nreferentiel: agora-2020\n",
    "e01.yml": "eleve: {nom: CANARI, prenom: Titi, classe: 1AGORA}\nperiodes: {}\n",
}
# One of these words is in every name of a pupil that the project holds.
FICTIFS = """ARTEFACT CANARI ÉBAUCHE ÉCHANTILLON ESQUISSE ESSAI EXEMPLE FACTICE FICTIF GABARIT
IMAGINAIRE INVENTÉ INVENTION MAQUETTE MODÈLE PROTOTYPE SIMILÉ SIMULACRE SPÉCIMEN TEST"""
# Told to every Python of a build: what it opens or lists goes to a file.
AUDIT = """
import os, sys
_log = os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def _note(event, args):
    if event in ("open", "os.listdir", "os.scandir"):
        where = args[0] if args[0] is not None else "."
        if not isinstance(where, int):
            os.write(_log, os.fsencode(os.path.realpath(where)) + b"\\n")
sys.addaudithook(_note)
"""


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A copy of the project, an evaluation and the examples in it."""
    return with_secret(tmp_path / "projet")


def with_secret(folder: Path) -> Path:
    copy_project(folder)
    (folder / "data/evaluations/secret").mkdir(parents=True)
    for name, text in SECRET.items():
        (folder / "data/evaluations/secret" / name).write_text(text, encoding="utf-8")
    assert (folder / E01).is_file()
    return folder


@pytest.fixture(scope="module")
def identites() -> list[Identite]:
    """The pupils of the examples, read without the code under test."""
    found = [Identite("secret", "CANARI", "Titi")]
    for path in sorted(EXEMPLES.glob("*/*.yml")):
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        if "eleve" in content:
            found.append(Identite(path.stem, content["eleve"]["nom"], content["eleve"]["prenom"]))
    assert len(found) >= 13
    return found


def test_a_build_opens_no_evaluation(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    log = tmp_path / "audit"
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = grilles(fresh, "site", PYTHONPATH=path, AUDIT_LOG=str(log))
    assert done.returncode == 0, done.stderr
    opened = {Path(line) for line in log.read_text(encoding="utf-8").splitlines()}
    data = fresh.resolve() / "data"
    assert data / "agora-2020" / "pole-1.yml" in opened
    for private in (data / "evaluations", data / "exemples", EXEMPLES, ROOT / "data/evaluations"):
        assert [path for path in opened if path.is_relative_to(private)] == []


def test_the_audit_sees_what_it_should(fresh: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    log, secret = tmp_path / "audit", fresh / "data" / "evaluations" / "secret"
    code = (
        "import os, pathlib; os.listdir(); list(os.scandir('..')); pathlib.Path('e01.yml').open()"
    )
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=secret,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "AUDIT_LOG": str(log)},
        check=True,
    )
    seen = set(log.read_text(encoding="utf-8").splitlines())
    assert {str(p.resolve()) for p in (secret, secret.parent, secret / "e01.yml")} <= seen


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    folder = with_secret(tmp_path_factory.mktemp("servi") / "projet")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "generator", "servir", "--port", str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/", lambda text: "AGOrA" in text)
            yield folder, port
        finally:
            process.terminate()


@pytest.mark.parametrize(
    "address",
    [
        "/data/agora-2020/pole-1.yml",
        "/data/evaluations/secret/e01.yml",
        f"/{E01}",
        "/../data/evaluations/secret/e01.yml",
        "/%2e%2e/data/evaluations/secret/e01.yml",
        "/..%2fdata%2fevaluations/secret/e01.yml",
        "/assets/../../data/evaluations/secret/e01.yml",
        "{up}{folder}/data/evaluations/secret/e01.yml",
        "{encoded}{folder}/data/evaluations/secret/e01.yml",
        "/{folder}/data/evaluations/secret/e01.yml",
    ],
)
def test_the_server_shows_no_data(served: tuple[Path, int], address: str) -> None:
    folder, port = served
    asked = address.format(folder=folder, up="/.." * 20, encoded="/%2e%2e" * 20)
    status, text = request(port, asked)
    assert status == 404
    assert "CANARI" not in text
    assert request(port, "/agora-2020/")[0] == 200


def request(port: int, path: str) -> tuple[int, str]:
    """The path goes as it is, dots included."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    found = answer.status, answer.read().decode()
    connection.close()
    return found


def test_the_server_is_for_this_machine_only(served: tuple[Path, int]) -> None:
    _, port = served
    for address in other_addresses():
        with pytest.raises(OSError), socket.create_connection((address, port), timeout=5):
            pass
    loopback = int.from_bytes(socket.inet_aton("127.0.0.1"), sys.byteorder)
    tables = [path for path in map(Path, ("/proc/net/tcp", "/proc/net/tcp6")) if path.exists()]
    if tables:
        assert listening(tables, port) == {f"{loopback:08X}"}


def other_addresses() -> set[str]:
    """Those by which another machine would reach this one; none where there is no network."""
    found: set[str] = set()
    try:
        found.add(socket.gethostbyname(socket.gethostname()))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telling:
            telling.connect(("192.0.2.1", 9))  # nothing is sent
            found.add(telling.getsockname()[0])
    except OSError:
        pass
    return {address for address in found if not address.startswith(("127.", "0."))}


def listening(tables: list[Path], port: int) -> set[str]:
    """The addresses on which that port waits for someone, in the hexadecimal of Linux."""
    rows = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
    ends = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {address for address, number in ends if int(number, 16) == port}


def yaml_files() -> list[Path]:
    """What git holds, or would take; without git, what is there and git would not ignore."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "-coz", "--exclude-standard", "*.yml", "*.yaml"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
        found = [ROOT / name for name in done.stdout.split("\0") if name]
    else:
        real = ROOT / "data" / "evaluations"
        found = [path for part in (*PARTS, "tests") for path in (ROOT / part).rglob("*.y*ml")]
        found = [ROOT / "mkdocs.yml", *(path for path in found if real not in path.parents)]
    return [path for path in found if path.is_file()]


def pupils_files() -> dict[str, str]:
    texts = {p.relative_to(ROOT).as_posix(): p.read_bytes().decode(errors="replace")
             for p in yaml_files()}  # fmt: skip
    assert {"mkdocs.yml", "data/agora-2020/pole-1.yml"} <= set(texts)
    key = re.compile(r"^\ufeff?[\"']?eleve[\"']?\s*:", re.MULTILINE)
    return {name: text for name, text in texts.items() if key.search(text)}


def test_pupils_lie_in_the_examples_and_in_the_cases_only() -> None:
    places = [name for name in pupils_files() if not name.startswith("tests/cas/")]
    assert len(places) >= 12
    assert [name for name in places if not name.startswith("data/exemples/")] == []


def test_every_pupil_is_visibly_invented() -> None:
    names = {file: last_name(text) for file, text in pupils_files().items()}
    assert len(set(names.values())) >= 12
    assert [file for file in names if file.startswith("data/") and not names[file]] == []
    assert [name for name in names.values() if name and not is_invented(name)] == []


def is_invented(name: str) -> bool:
    """True also for one letter many times, as in the cases of names that are too long."""
    return bool({*FICTIFS.split()} & {*re.findall(r"\w+", name.upper())}) or len({*name}) == 1


def last_name(text: str) -> str:
    """Every `nom` of the pupil, in a file that may be wrong on purpose; "" where there is none."""
    try:
        root = yaml.compose(text, yaml.BaseLoader)
    except yaml.YAMLError:
        found = re.findall(r"^eleve.*\bnom\s*:\s*([^,}\n]*)", text, re.MULTILINE)
    else:
        found = [node.value for eleve in under(root, "eleve") for node in under(eleve, "nom")
                 if isinstance(node, yaml.ScalarNode)]  # fmt: skip
    return " ".join(found).strip()


def under(node: yaml.Node | None, key: str) -> list[yaml.Node]:
    """What a mapping has at that key, more than once where it is written twice."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return [value for name, value in pairs if name.value == key]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("lien.md", "docs/lien.md: un lien ne peut pas être publié : mettez le fichier lui-même."),
        ("assets/lien", "docs/assets/lien: un lien ne peut pas être publié"),
        ("classe.xlsx", "docs/classe.xlsx: ce genre de fichier ne peut pas être publié"),
        ("assets/e01.yml", "docs/assets/e01.yml: ce genre de fichier ne peut pas être publié"),
    ],
)
def test_what_may_not_be_published_leaves_the_old_site(
    fresh: Path, name: str, sentence: str
) -> None:
    (fresh / "site").mkdir()
    (fresh / "site" / "sitemap.xml").write_text("old", encoding="utf-8")
    source = fresh / "data/evaluations/secret" / ("e01.yml" if name.endswith(".md") else "")
    if "lien" in name:
        (fresh / "docs" / name).symlink_to(source, target_is_directory=source.is_dir())
    else:
        (fresh / "docs" / name).write_text(SECRET["e01.yml"], encoding="utf-8")
    done = grilles(fresh, "site")
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "CANARI" not in done.stderr + done.stdout
    assert tree(fresh / "site") == {"sitemap.xml": b"old"}


def test_no_page_includes_another_file(fresh: Path, identites: list[Identite]) -> None:
    attempts = [
        f'--8<-- "{E01}"',
        f"--8<--\n{E01}\n--8<--",
        f'{{% include "{E01}" %}}',
        f"{{! {E01} !}}",
        f'{{{{ read_raw("{E01}") }}}}',
        f'```yaml title="e01"\n--8<-- "{E01}"\n```',
        f'::: {{include="{E01}"}}',
    ]
    text = "\n\n".join(["# Page", *attempts, "# Fin\n"])
    (fresh / "docs" / "page.md").write_text(text, encoding="utf-8")
    show(fresh, "page.md")
    done = grilles(fresh, "site")
    assert done.returncode == 0, done.stderr
    page = (fresh / "site/page/index.html").read_text(encoding="utf-8")
    assert page.count(E01) >= len(attempts)
    assert page.index("8&lt;--") < page.index("Fin")
    assert find_leaks(fresh / "site", identites) == []
    eleve = yaml.load((fresh / E01).read_text(encoding="utf-8"), yaml.BaseLoader)
    said = [o["nom"] for p in eleve["periodes"].values() for o in p.get("organismes", ())]
    assert said
    assert [word for word in said if word in page] == []


def show(project: Path, page: str) -> None:
    """Adds a page of docs/ to the navigation."""
    file = project / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    entry = f"\nnav:\n  - Page: {page}\n"
    file.write_text(text.replace("\nnav:\n", entry) if "\nnav:\n" in text else text + entry,
                    encoding="utf-8")  # fmt: skip


def test_the_real_site_names_nobody(site: Path, tmp_path: Path, identites: list[Identite]) -> None:
    assert find_leaks(site, identites) == []
    copy = Path(shutil.copytree(site, tmp_path / "copie"))
    planted = identites[-1]
    pole = "agora-2020/poles/1/index.html"
    page = copy / pole
    text = page.read_text(encoding="utf-8")
    name = f"<p><b>{planted.nom}</b> {planted.prenom}</p></article>"
    assert "</article>" in text
    page.write_text(text.replace("</article>", name), encoding="utf-8")
    assert find_leaks(copy, identites) == [Fuite(pole, planted.eleve)]
