"""The real Anki: the one home of the ``anki`` package, by Anki's own makers.

Importing this module takes a third of a second, so those who use it import it inside the function
that needs it. It raises ImportError when the extra that brings Anki is not installed.
"""

from pathlib import Path

import anki.collection  # noqa: F401 - first: the other modules of Anki need it whole
from anki.cards import CardId
from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
    ImportLogWithChanges,
)
from anki.dbproxy import DBProxy
from anki.errors import AnkiException
from anki.notes import NoteId

__all__ = [
    "AnkiException",
    "CardId",
    "Collection",
    "DBProxy",
    "ImportLogWithChanges",
    "NoteId",
    "database",
    "import_package",
    "import_text",
]


def database(collection: Collection) -> DBProxy:
    """Return the database of an open collection."""
    assert collection.db is not None
    return collection.db


def import_package(collection: Collection, path: Path) -> ImportLogWithChanges:
    """Import an .apkg with the options that a learner finds in Anki's dialogue at first.

    They are: merge off, notes and note types "if newer", scheduling and presets off.
    """
    options = ImportAnkiPackageOptions()
    request = ImportAnkiPackageRequest(package_path=str(path), options=options)
    return collection.import_anki_package(request)


def import_text(collection: Collection, path: Path) -> ImportLogWithChanges:
    """Import a text file with what Anki makes of its headers, as its dialogue shows it at first."""
    metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
    return collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
