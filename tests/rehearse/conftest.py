"""The releases, built once, and their rehearsal."""

import shutil
from pathlib import Path

import pytest

from nam_flash.rehearse import Report, rehearse
from tests.conftest import BASE, FactBase, pack
from tests.rehearse.releases import Releases, releases


@pytest.fixture(scope="session")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    folder = tmp_path_factory.mktemp("releases") / "base"
    shutil.copytree(BASE, folder)
    return releases(FactBase(folder))


@pytest.fixture(scope="session")
def report(decks: Releases) -> Report:
    return rehearse(pack(decks.old), pack(decks.new), decks.pack, decks.older)


@pytest.fixture
def old(decks: Releases, tmp_path: Path) -> Path:
    path = tmp_path / "old.apkg"
    path.write_bytes(pack(decks.old))
    return path


@pytest.fixture
def new(decks: Releases, tmp_path: Path) -> Path:
    path = tmp_path / "new.apkg"
    path.write_bytes(pack(decks.new))
    return path
