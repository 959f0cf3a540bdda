"""What a person would write in an afternoon: PyYAML's C loader and genanki, as its README says.

    python bench/plain.py FOLDER/cards OUTPUT.apkg

Reads the fact files of `generate.py` and writes the same texts and tags. It does less than
nam-flash: nothing is checked, Markdown stays as it is, no abbreviation is expanded, there are no
subdecks, and a rebuild stamps every note anew.
"""

import html
import sys
from pathlib import Path
from typing import Any

import genanki
import yaml

MODEL = genanki.Model(
    1607392319,
    "Plain Basic",
    fields=[
        {"name": "ID"},
        {"name": "Question"},
        {"name": "Answer"},
        {"name": "Reverse Question"},
        {"name": "Reverse Answer"},
        {"name": "Extra"},
        {"name": "Source"},
    ],
    templates=[
        {
            "name": "Card",
            "qfmt": "{{Question}}",
            "afmt": "{{FrontSide}}<hr id=answer>{{Answer}}<p>{{Extra}}</p><p>{{Source}}</p>",
        },
        {
            "name": "Reverse",
            "qfmt": "{{Reverse Question}}",
            "afmt": "{{FrontSide}}<hr id=answer>{{Reverse Answer}}<p>{{Extra}}</p>"
            "<p>{{Source}}</p>",
        },
    ],
)


def main(cards: Path, output: Path) -> None:
    """Build one package of all facts in a folder."""
    sources = {
        source["id"]: source_text(source) for source in load(cards / "sources.yaml")["references"]
    }
    deck = genanki.Deck(2059400110, "Plain")
    for path in sorted(cards.glob("facts-*.yaml")):
        for fact in load(path):
            source = "<br>".join(sources[id_] for id_ in fact["cite"])
            if "as_of" in fact:
                source += f"<br>As of {fact['as_of']}"
            note = genanki.Note(
                model=MODEL,
                fields=[
                    fact["id"],
                    html.escape(fact["question"], quote=False),
                    html.escape(fact["answer"], quote=False),
                    html.escape(fact["reverse"]["question"], quote=False),
                    html.escape(fact["reverse"]["answer"], quote=False),
                    html.escape(fact.get("extra", ""), quote=False),
                    source,
                ],
                tags=["Bench::" + fact["topic"].replace("/", "::"), "Level::" + fact["level"]],
                guid=genanki.guid_for(fact["id"]),
            )
            deck.add_note(note)
    genanki.Package(deck).write_to_file(output)


def load(path: Path) -> Any:
    """Return the contents of a YAML file."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


def source_text(source: dict[str, Any]) -> str:
    """Return one line of HTML for a source."""
    names = ", ".join(f"{name['family']} {name['given']}" for name in source["author"][:3])
    year = source["issued"]["date-parts"][0][0]
    return (
        f"{names}, et al. {html.escape(source['title'], quote=False)}. "
        f"<i>{source['container-title']}</i>. {year};{source['volume']}:{source['page']}. "
        f'<a href="https://doi.org/{source["DOI"]}">doi:{source["DOI"]}</a>'
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
