"""The writing stage against its floor: a deck in memory -> the bytes of an .apkg.

    python bench/floor.py FOLDER ROUNDS

The floor is what SQLite and zlib cost at least: the rows of our own package, taken before the
clock starts, go by ``executemany`` into a database in memory without an index, which is serialized
and deflated at level 1. Both are timed in one process, in turns, after a warm-up. Prints JSON:
``{"floor": [[wall, cpu], ...], "ours": [[wall, cpu], ...]}``.
"""

import gc
import io
import json
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from genanki.apkg_schema import APKG_SCHEMA

from nam_flash.build import build
from nam_flash.deck import Deck
from nam_flash.export import apkg
from nam_flash.load import load
from nam_flash.lock import Lock
from nam_flash.problem import Problem
from nam_flash.recipe import read_recipe, select

Rows = dict[str, list[tuple[Any, ...]]]


def main(folder: Path, rounds: int) -> None:
    """Time both, in turns, and print the times."""
    gc.disable()  # as `nam-flash build` does
    deck = deck_of(folder)
    (data,) = apkg.export(deck, "bench").values()
    rows = rows_of(data)
    times: dict[str, list[tuple[float, float]]] = {"floor": [], "ours": []}
    for _ in range(rounds + 1):
        times["floor"].append(timed(lambda: floor(rows)))
        times["ours"].append(timed(lambda: apkg.export(deck, "bench")))
    print(json.dumps({name: values[1:] for name, values in times.items()}))


def deck_of(folder: Path) -> Deck:
    """Return the deck of the folder's one package, as a first build makes it."""
    problems: list[Problem] = []
    path = folder / "decks" / "bench.yaml"
    recipe = read_recipe(path, problems)
    assert recipe is not None, problems
    library, found = load(folder / "cards")
    built, breaches = build(library, recipe, Lock(), path.with_suffix(".lock"), int(time.time()))
    assert not problems + found + breaches, (problems + found + breaches)[0]
    package = recipe.packages[0]
    return select(built.deck, package.select, package.title)


def rows_of(package: bytes) -> Rows:
    """Return the rows of a package by table."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        data = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        tables = ("col", "notes", "cards")
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    finally:
        connection.close()


def floor(rows: Rows) -> bytes:
    """Write the rows with nothing that could be left out."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("BEGIN")
        for statement in APKG_SCHEMA.split(";"):
            if statement.strip().startswith("CREATE TABLE"):
                connection.execute(statement)
        for table, values in rows.items():
            places = ",".join("?" * len(values[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({places})", values)
        connection.execute("COMMIT")
        data = connection.serialize()
    finally:
        connection.close()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("collection.anki2", data)
        archive.writestr("media", "{}")
    return buffer.getvalue()


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
