"""What every artefact carries: name, version, licence and sources, as plain text."""

import html
import re

from nam_flash.citation import reference
from nam_flash.deck import Deck


def head(deck: Deck) -> list[str]:
    """Return the lines that say what a file is: the deck's description, version and licence."""
    return [deck.name, *deck.description.splitlines()]


def references(deck: Deck) -> list[str]:
    """Return the works that the deck's facts cite, sorted by id, as plain text."""
    return [plain(reference(source)) for _, source in sorted(deck.sources.items())]


def readme(deck: Deck, about: str) -> bytes:
    """Return a README for a folder: what it is, what to do with it (``about``), all sources."""
    parts = ["\n".join(head(deck)), about.strip(), "Sources", "\n".join(references(deck))]
    return ("\n\n".join(parts) + "\n").encode()


def plain(markup: str) -> str:
    """Return the text of HTML that we made ourselves, without its tags."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))
