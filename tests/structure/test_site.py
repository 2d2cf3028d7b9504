"""The site leads to every page, asks nothing of the network, and builds without a complaint."""

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
FETCHED = re.compile(
    r"""<(?:script|img|iframe)[^>]+src="?(?:https?:)?//|<link[^>]+href="?(?:https?:)?//[^>]+stylesheet"""
)
BY_RELATION = re.compile(r"""<link[^>]+rel="?(?:stylesheet|preconnect|preload|icon)"?[^>]+href="?(?:https?:)?//""")


def leaves(entries):
    """The files that a navigation leads to."""
    for entry in entries:
        for below in entry.values():
            if isinstance(below, str):
                yield below
            else:
                yield from leaves(below)


def test_the_navigation_leads_to_every_page_once():
    led_to = list(leaves(SETTINGS["nav"]))
    assert sorted(led_to) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))


def test_fonts_are_the_readers_own_and_links_are_checked():
    assert SETTINGS["theme"]["font"] is False
    assert SETTINGS["strict"]
    assert {"offline", "privacy"}.isdisjoint(SETTINGS["plugins"])  # both fetch


@pytest.mark.skipif(find_spec("mkdocs") is None, reason="needs the extra [docs]: `make docs` installs it")
def test_the_site_builds_without_a_complaint_and_asks_nothing_of_the_network(tmp_path):
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(tmp_path / "site")]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) >= len(list(leaves(SETTINGS["nav"])))
    for path in [*pages, *(tmp_path / "site" / "assets").glob("*.css")]:
        text = path.read_text(encoding="utf-8")
        assert not FETCHED.search(text), path
        assert not BY_RELATION.search(text), path
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", text), path
