"""The files that publish the site: they cannot be run here, so they are read, word by word."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.projects import ROOT

GITLAB = ROOT / ".gitlab-ci.yml"
GITHUB = ROOT / ".github" / "workflows" / "pages.yml"


def test_gitlab_makes_the_site_and_publishes_it() -> None:
    job = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))["pages"]
    assert job["script"] == ['SITE_URL="${CI_PAGES_URL%/}/" make site', "mv site public"]
    assert job["artifacts"]["paths"] == ["public"]
    assert job["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


def test_github_makes_the_site_and_publishes_it() -> None:
    workflow: dict[Any, Any] = yaml.safe_load(GITHUB.read_text(encoding="utf-8"))
    assert workflow[True]["push"] == {"branches": ["main"]}  # YAML 1.1 reads `on` as true
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    steps = workflow["jobs"]["publier"]["steps"]
    (made,) = [step for step in steps if "run" in step]
    assert made["run"] == "make site"
    assert made["env"] == {"SITE_URL": "${{ steps.pages.outputs.base_url }}/"}
    used = [step["uses"] for step in steps if "uses" in step]
    assert len(used) == 5
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)
    given = {step["uses"].split("@")[0]: step.get("with") for step in steps if "uses" in step}
    assert given["actions/upload-pages-artifact"] == {"path": "site"}
    assert given["actions/checkout"] == {"persist-credentials": False}


def test_github_actions_are_recent_enough_for_its_machines() -> None:
    """The first version of each that does without Node 20, which these machines have lost."""
    least = {"checkout": 5, "setup-python": 6, "configure-pages": 6, "upload-pages-artifact": 5,
             "deploy-pages": 5}  # fmt: skip
    found = re.findall(r"actions/([a-z-]+)@v(\d+)", GITHUB.read_text(encoding="utf-8"))
    assert {name for name, _ in found} == set(least)
    assert [name for name, version in found if int(version) < least[name]] == []


def test_the_address_comes_from_the_same_variable() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert re.search(r'^site_url: (!ENV \[SITE_URL, ""\]|"?https://\S+)', text, re.MULTILINE)
    assert re.search(r"^site:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", [GITLAB, GITHUB])
def test_no_secret_and_no_index(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text) > 200
    assert not re.search(r"secret|token:(?! write)|password|https?://|pip |curl|wget", text)
