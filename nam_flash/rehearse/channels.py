"""The ways by which a release reaches a learner, and how Anki takes them in.

``package`` is the .apkg with Anki's default options. ``pack`` is the update pack, a zip: its .apkg
with the same options, then each text file with what Anki makes of its headers.
"""

import io
import multiprocessing
import zipfile
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from nam_flash.backend import Collection

Channel = Literal["package", "pack"]

#: Channel -> what the learner imports.
CHANNELS: Final[dict[Channel, str]] = {
    "package": "the .apkg of the new release, with Anki's first settings",
    "pack": "the update pack: its .apkg with the same settings, then its text files",
}

#: What in an update pack is for people to read.
_LEAFLET: Final = "README.txt"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files to be imported in this order."""

    packages: tuple[Path, ...]
    texts: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """All files in order."""
        return (*self.packages, *self.texts)


def as_package(data: bytes, folder: Path) -> Delivery:
    """Write a package to a new folder."""
    folder.mkdir()
    path = folder / "deck.apkg"
    path.write_bytes(data)
    return Delivery((path,))


def as_pack(data: bytes, folder: Path) -> Delivery | str:
    """Unpack an update pack to a new folder; a text says what is wrong with it."""
    folder.mkdir()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                # Whatever folders a zip names, a learner drags files into Anki.
                (folder / Path(name).name).write_bytes(archive.read(name))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        return f"damaged, or no update pack: {' '.join(str(error).split())}"
    packages = tuple(sorted(folder.glob("*.apkg")))
    texts = tuple(path for path in sorted(folder.glob("*.txt")) if path.name != _LEAFLET)
    if len(packages) > 1 or not (packages or texts):
        return "no update pack: it holds not one .apkg and text files"
    return Delivery(packages, texts)


def deliver(collection: "Collection", delivery: Delivery) -> None:
    """Import all files; raises AnkiException when Anki refuses one."""
    for path in delivery.files:
        _import(collection, path)


def interrupt(collection: Path, delivery: Delivery) -> None:
    """Import as goes wrong in life: packages cut short, then a program that dies in the middle.

    The collection must be closed. Whatever Anki makes of it is what the learner is left with.
    Texts come out of a zip, which does not open when it is cut short.
    """
    from nam_flash.backend import AnkiException, Collection

    with closing(Collection(str(collection))) as opened:
        for path in delivery.packages:
            content = path.read_bytes()
            cut = path.with_name(f"cut-{path.name}")
            cut.write_bytes(content[: len(content) * 2 // 3])
            with suppress(AnkiException):  # as it should
                _import(opened, cut)
            cut.unlink()
    spawn = multiprocessing.get_context("spawn")
    for path in delivery.files:
        ours, theirs = spawn.Pipe(duplex=False)
        child = spawn.Process(target=_import_and_die, args=(str(collection), path, theirs))
        child.start()
        theirs.close()
        try:
            ours.recv()
        finally:
            child.kill()
            child.join()
            child.close()
            ours.close()


def _import_and_die(collection: str, path: Path, parent: "Connection") -> None:
    """Import in a process that is killed as soon as it says that it begins."""
    from nam_flash.backend import Collection

    opened = Collection(collection)
    parent.send("importing")
    _import(opened, path)


def _import(collection: "Collection", path: Path) -> None:
    from nam_flash.backend import import_package, import_text

    if path.suffix == ".apkg":
        import_package(collection, path)
    else:
        import_text(collection, path)
