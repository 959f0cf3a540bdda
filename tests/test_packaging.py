"""What is declared about dependencies is true."""

import re
import tomllib
from pathlib import Path

from nam_flash import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    return {key.lower(): version for key, version in (line.split("==") for line in pinned)}


def bounds() -> dict[str, str]:
    extras = PROJECT["optional-dependencies"].values()
    declared = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    return dict(requirement.lower().split(">=") for requirement in declared)


def test_the_lowest_versions_are_the_bounds() -> None:
    assert pins("requirements-lowest.txt") == bounds()


def test_every_dependency_is_pinned() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    development = [re.split("[>=]", line)[0].lower() for line in groups["dependency-groups"]["dev"]]
    assert {*bounds(), *development} <= set(pins("requirements.txt"))


def test_pins_name_no_address() -> None:
    for name in ("requirements.txt", "requirements-lowest.txt"):
        assert not re.search(r"https?:|file:|--|@", (ROOT / name).read_text(encoding="utf-8"))


def test_the_recipe_has_the_version_of_the_package() -> None:
    recipe = (ROOT / "decks" / "nam.yaml").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in recipe
