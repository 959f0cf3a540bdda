"""The drawn files are current, and figures.yaml says of each figure what the facts say."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from nam_flash.figures import FIGURES, drawn
from nam_flash.load import load

CARDS = Path(__file__).parents[2] / "cards"
LIBRARY = load(CARDS)[0]
REGISTRY: dict[str, dict[str, Any]] = {
    entry["id"]: entry
    for entry in yaml.safe_load((CARDS / "figures.yaml").read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("id_", FIGURES)
def test_the_file_is_current(id_: str) -> None:
    """If not: nam-flash figures."""
    file = CARDS / "figures" / f"{id_}.svg"
    assert file.read_text(encoding="utf-8") == drawn(id_, LIBRARY).svg


@pytest.mark.parametrize("id_", FIGURES)
def test_the_registry_says_what_the_figure_shows(id_: str) -> None:
    """If not: copy the values from nam-flash figures --json."""
    figure, entry = drawn(id_, LIBRARY), REGISTRY[id_]
    assert entry["file"] == f"figures/{id_}.svg"
    assert entry["title"] == figure.title
    assert entry["alt"] == figure.alt
    assert sorted(entry["cite"]) == list(figure.cite)
    assert entry["topic"] in LIBRARY.topics
    assert set(entry["cite"]) <= set(LIBRARY.sources)
