"""A source as learners see it on a card: short, complete enough to find, linked."""

import html
from collections.abc import Iterable, Mapping

from nam_flash.fact import Citation, Name, Source


def reference(source: Source, locator: str = "") -> str:
    """Return one reference as HTML: authors, title, journal, year, locator, link."""
    parts = []
    if authors := _authors(source):
        parts.append(f"{html.escape(authors, quote=False)}.")
    title = html.escape(source.title.rstrip("."), quote=False)
    parts.append(title if title.endswith("?") else f"{title}.")
    if source.container_title:
        parts.append(f"<i>{html.escape(source.container_title.rstrip('.'), quote=False)}</i>.")
    elif source.publisher:
        parts.append(f"{html.escape(source.publisher, quote=False)}.")
    parts.append(f"{source.year}{_pages(source)}.")
    if locator:
        parts.append(f"{html.escape(locator, quote=False)}.")
    text, address = link(source)
    parts.append(f'<a href="{html.escape(address)}">{html.escape(text, quote=False)}</a>')
    return " ".join(parts)


class Bibliography:
    """The references of a library's sources, each made once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self.made: dict[Citation, str] = {}

    def references(self, citations: Iterable[Citation]) -> str:
        """Return the citations as an HTML list; one without a known source is left out."""
        return f'<ul class="sources">{"".join(map(self._item, citations))}</ul>'

    def _item(self, citation: Citation) -> str:
        item = self.made.get(citation)
        if item is None:
            source = self.sources.get(citation.id)
            item = f"<li>{reference(source, citation.locator)}</li>" if source else ""
            self.made[citation] = item
        return item


def link(source: Source) -> tuple[str, str]:
    """Return what to show and the address behind it: DOI before PubMed before a page."""
    if source.doi:
        return f"doi:{source.doi}", f"https://doi.org/{source.doi}"
    if source.pmid:
        return f"PMID {source.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
    if source.pmcid:
        return source.pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{source.pmcid}/"
    return source.url.removeprefix("https://").split("/")[0], source.url


def _authors(source: Source) -> str:
    """Return up to three authors, then ``et al`` (the AMA style lists three beyond six)."""
    names = [_name(name) for name in source.author]
    if len(names) > 3:
        return ", ".join(names[:3]) + ", et al"
    if source.custom.more_authors and names:
        return ", ".join(names) + ", et al"
    return ", ".join(names)


def _name(name: Name) -> str:
    return name.literal or f"{name.family} {name.given}".strip()


def _pages(source: Source) -> str:
    text = ""
    if source.volume:
        text = f";{source.volume}" + (f"({source.issue})" if source.issue else "")
    if source.page:
        text += f":{source.page}"
    return text
