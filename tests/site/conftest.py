"""The site of the shipped facts, made once."""

from pathlib import Path

import pytest

from nam_flash.cli.input import Loaded, load_all
from nam_flash.cli.site import extras
from nam_flash.site.extras import Extras
from nam_flash.site.pages import site

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def shipped() -> Loaded:
    return load_all(ROOT / "cards", None)


@pytest.fixture(scope="session")
def shipped_extras(shipped: Loaded) -> Extras:
    problems = [*shipped.problems]
    found = extras(shipped, problems)
    assert problems == []
    return found


@pytest.fixture(scope="session")
def files(shipped: Loaded, shipped_extras: Extras) -> dict[str, bytes]:
    return site(shipped.built.deck, shipped_extras)
