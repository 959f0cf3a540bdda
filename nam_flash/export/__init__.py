"""The exporters: a deck -> files. One file a format; the table is the registry."""

from collections.abc import Callable
from typing import Final

from nam_flash.deck import Deck
from nam_flash.export import apkg, crowdanki, fact_base, markdown, spreadsheet, text

Export = Callable[[Deck, str], dict[str, bytes]]

#: Format -> function of the deck and the stem of the file's name.
EXPORTERS: Final[dict[str, Export]] = {
    "apkg": apkg.export,
    "text": text.export,
    "crowdanki": crowdanki.export,
    "markdown": markdown.export,
    "csv": spreadsheet.export,
    "json": fact_base.export,
}
