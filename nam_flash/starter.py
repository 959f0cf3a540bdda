"""Beginnings to fill in: one fact of a kind, or a whole fact base on another disease."""

import re
from pathlib import Path
from string import Template
from typing import Final

from nam_flash.kinds import KINDS
from nam_flash.schema import SCHEMAS, render

_HERE: Final = Path(__file__).parent / "templates"


def new_fact(
    kind: str,
    id_: str,
    topic: str,
    source: str,
    disease: str = "the disease",
    figure: str = "drawing",
) -> str:
    """Return the YAML of a well-formed fact of a kind, to be filled in.

    ``topic``, ``source`` and ``figure`` are the ids that it names, where it does.
    """
    text = (_HERE / f"{kind}.yaml").read_text(encoding="utf-8")
    words = {"id": id_, "topic": topic, "source": source, "figure": figure, "disease": disease}
    return Template(text).substitute(words, Disease=disease[:1].upper() + disease[1:])


def slug(name: str) -> str:
    """Return a name as lower-case words joined by hyphens; empty if nothing is left."""
    return "-".join(re.findall("[a-z0-9]+", name.lower()))


def new_base(name: str) -> dict[str, bytes]:
    """Return the files of a new fact base on the disease ``name``, by their relative paths.

    One fact of each kind; the deck's name, tags and namespace are its own, so that nothing
    collides with another base. It builds as it is. ``name`` must leave a `slug`.
    """
    short = slug(name)
    tag = "_".join(word.capitalize() for word in short.split("-"))
    facts = [new_fact(kind, f"{kind}-example", "basics", "guide2024", name) for kind in KINDS]
    short_forms = [word for word in name.split() if sum(letter.isupper() for letter in word) > 1]
    modeline = "# yaml-language-server: $schema={}\n"
    texts = {
        "cards/taxonomy.yaml": modeline.format("schema/taxonomy.json")
        + "# The topics, in teaching order. Decks are numbered because Anki sorts them by name.\n"
        f"root: {tag}\n"
        "topics:\n"
        "  - id: basics\n    tag: Basics\n    deck: 10 Basics\n"
        "  - id: treatment\n    tag: Treatment\n    deck: 20 Treatment\n",
        "cards/sources.yaml": modeline.format("schema/sources.json")
        + "# The works that the facts cite, in CSL-YAML (as Zotero exports it).\n"
        "references:\n"
        "  - id: guide2024\n    type: report\n    title: Replace this by the work that you cite\n"
        "    author: [{family: Doe, given: J}]\n    issued: {date-parts: [[2024]]}\n"
        "    URL: https://example.org/replace-this\n"
        "    custom: {design: guideline, seen: full-text}\n",
        "cards/glossary.yaml": modeline.format("schema/glossary.json")
        + "# Abbreviations, expanded on first use in a card.\n"
        "ULN: {long: upper limit of normal, familiar: true}\n"
        + "".join(f"{word}: {{long: its long form, familiar: true}}\n" for word in short_forms),
        "cards/figures.yaml": modeline.format("schema/figures.json")
        + "# The pictures that facts can show.\n"
        "- id: drawing\n  file: figures/drawing.svg\n  title: A muscle fibre\n"
        "  alt: A fibre in cross-section, its membrane around it and a nucleus at its edge.\n"
        "  topic: basics\n  credit: the authors\n  licence: CC BY 4.0\n  cite: [guide2024]\n",
        "cards/figures/drawing.svg": (_HERE / "drawing.svg").read_text(encoding="utf-8"),
        "cards/facts.yaml": modeline.format("schema/facts.json")
        + "# One fact of each kind, all made up: replace them by yours.\n"
        + "\n".join(facts),
        f"decks/{short}.yaml": modeline.format("../cards/schema/recipe.json")
        + f"name: {name}\nnamespace: {short}\nversion: 0.1.0\n"
        f"description: Flashcards on {name}.\nlicence: CC BY 4.0\n"
        "kind-decks: {vignette: 90 Vignettes}\n"
        "packages:\n"
        f"  - file: {short}.apkg\n    title: {name}, the whole deck\n"
        f"  - file: {short}-core.apkg\n    title: {name}, core level\n"
        "    select: {level: [core]}\n",
    }
    schemas = {f"cards/schema/{file}": render(file) for file in SCHEMAS}
    return {path: text.encode() for path, text in (texts | schemas).items()}
