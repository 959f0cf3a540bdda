"""Two releases -> a `Report`: what an update does to learners who live with the first one.

Each simulated learner gets a collection of the real Anki with the old package, lives in it,
imports the update through one channel, and all that they own is compared, before and after. So is
what should have arrived. A cell of the report is one learner, one channel, one class of change.
"""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from nam_flash.edition import Edition, read
from nam_flash.rehearse.arrival import Before, missing
from nam_flash.rehearse.changes import CHANGES, Changes, changes
from nam_flash.rehearse.channels import CHANNELS, Channel, Delivery, as_pack, as_package, deliver
from nam_flash.rehearse.core import core_of
from nam_flash.rehearse.estate import Loss, doubles, estate, losses
from nam_flash.rehearse.learners import LEARNERS, Hands, Learner, Life, Start, study
from nam_flash.rehearse.limits import LIMITS, Limit

Verdict = Literal["kept", "limit", "lost"]


class Finding(NamedTuple):
    """A loss, and the name of the limit that explains it (empty: none does)."""

    what: str
    owner: str
    detail: str
    limit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One learner, one channel, one class of change: how many notes or note types underwent it.

    ``lost`` is what they owned and have no more, ``missing`` what they should have got.
    """

    learner: str
    channel: Channel
    change: str
    notes: int
    lost: tuple[Finding, ...]
    missing: tuple[Finding, ...]

    @property
    def limits(self) -> tuple[str, ...]:
        """The names of the limits that show in this cell, in the order of the table."""
        seen = {finding.limit for finding in (*self.lost, *self.missing)}
        return tuple(limit.name for limit in LIMITS if limit.name in seen)

    @property
    def verdict(self) -> Verdict:
        """``kept`` when all was kept and arrived; else whether limits explain what was not."""
        findings = (*self.lost, *self.missing)
        if not findings:
            return "kept"
        return "limit" if all(finding.limit for finding in findings) else "lost"


class Fault(NamedTuple):
    """A file (``old``, ``new``, ``older``, ``pack``, ``older pack``), and what is wrong with it."""

    file: str
    found: str


@dataclass(frozen=True, slots=True)
class Report:
    """The cells, by learner, channel and class; ``faults`` are files that could not be read."""

    cells: tuple[Cell, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def ok(self) -> bool:
        """Tell whether nothing was lost but by a listed limit."""
        return not self.faults and all(cell.verdict != "lost" for cell in self.cells)

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits that show, in the order of their table."""
        seen = {name for cell in self.cells for name in cell.limits}
        return tuple(limit for limit in LIMITS if limit.name in seen)


@dataclass(frozen=True, slots=True)
class Older:
    """A release before the old one, and the update pack (if any) from it to the new one."""

    package: bytes
    pack: bytes | None = None


def rehearse(
    old: bytes,
    new: bytes,
    pack: bytes | None = None,
    older: Older | None = None,
    status: Callable[[str], None] = lambda text: None,
) -> Report:
    """Rehearse the update from one package to another, by every channel that is given.

    ``pack`` is the update pack from ``old`` to ``new``; ``older`` is for the learner who skipped
    releases. ``status`` is told what comes next. Learners or channels whose files are not given
    have no cells. Raises ImportError when the ``anki`` package is missing.
    """
    with TemporaryDirectory(prefix="nam-flash-") as folder:
        stage = prepare(Path(folder), old, new, pack, older)
        if not isinstance(stage, Stage):
            return Report((), stage)
        cells: list[Cell] = []
        for learner in LEARNERS.values():
            for channel in CHANNELS:
                if stage.has(learner, channel):
                    status(f"{learner.name}: {channel}")
                    cells += stage.play((learner,), channel)
    return Report(tuple(cells))


def prepare(
    folder: Path, old: bytes, new: bytes, pack: bytes | None, older: Older | None
) -> "Stage | tuple[Fault, ...]":
    """Read the files and lay them out in an empty folder; or say what is wrong with which."""
    data: dict[Start, bytes] = {"old": old}
    updates: dict[tuple[str, Channel], Delivery] = {}
    editions: dict[str, Edition] = {}
    faults = []
    packs = {"old": pack}
    if older is not None:
        data["oldest"], packs["oldest"] = older.package, older.pack
    for name, package in [*data.items(), ("new", new)]:
        edition = read(package)
        if isinstance(edition, str):
            faults.append(Fault({"oldest": "older"}.get(name, name), edition))
        else:
            editions[name] = edition
    for name, zipped in packs.items():
        unpacked = as_pack(zipped, folder / f"pack-{name}") if zipped is not None else None
        if isinstance(unpacked, str):
            faults.append(Fault("pack" if name == "old" else "older pack", unpacked))
        elif unpacked is not None:
            updates[name, "pack"] = unpacked
    if faults:
        return tuple(faults)
    data["core"] = core_of(old)
    core = read(data["core"])
    assert not isinstance(core, str)
    editions["core"] = core
    updates["", "package"] = as_package(new, folder / "new")
    had = {name: as_package(package, folder / name) for name, package in data.items()}
    return Stage(folder, editions, had, updates)


@dataclass(frozen=True, slots=True)
class Stage:
    """The files of a rehearsal on disk; collections are made once and copied for each learner."""

    folder: Path
    editions: dict[str, Edition]
    had: "dict[Start, Delivery]"
    updates: dict[tuple[str, Channel], Delivery]

    def has(self, learner: Learner, channel: Channel) -> bool:
        """Tell whether the files that a learner needs were given."""
        return learner.start[-1] in self.had and self._update(learner, channel) is not None

    def _update(self, learner: Learner, channel: Channel) -> Delivery | None:
        name = "oldest" if learner.start[-1] == "oldest" else "old"
        return self.updates.get(("", channel)) or self.updates.get((name, channel))

    def play(self, learners: Sequence[Learner], channel: Channel) -> list[Cell]:
        """Let a learner live and take the update; several are one person who does all of it.

        The first says what they begin with, the last how they import.
        """
        from nam_flash.backend import AnkiException, Collection, database

        start, update = learners[0].start, self._update(learners[0], channel)
        assert update is not None
        old, new = self.editions[start[-1]], self.editions["new"]
        changed = changes(old, new)
        home = self._home(start, studied=any(learner.studied for learner in learners))
        path = home / "collection.anki2"
        with closing(Collection(str(path))) as collection:
            ids = {deck["name"]: deck["id"] for deck in collection.decks.all()}
            for learner in learners:
                learner.live(Life(collection, old, new, changed))
        # Opened again: Anki keeps note types in memory, and what was written beside it.
        with closing(Collection(str(path))) as collection:
            owned = estate(collection, old)
            guids = set(database(collection).list("SELECT guid FROM notes"))
            names = {deck["id"]: deck["name"] for deck in collection.decks.all()}
        decks = {name: names[id_] for name, id_ in ids.items() if id_ in names}
        stopped = []
        try:
            learners[-1].receive(Hands(path, update, self.had["old"]))
        except AnkiException as error:
            stopped.append(Loss("import", "", " ".join(str(error).split())))
        gone = {item.owner for item in owned if item.what == "deletion"}
        wanted = {
            guid
            for guid in new.notes.keys() - gone
            if guid in guids or channel == "package" or guid not in self.editions["old"].notes
        }
        with closing(Collection(str(path))) as collection:
            lost = losses(owned, estate(collection, old), changed) + doubles(collection)
            absent = missing(collection, new, changed, Before(old, guids, decks), wanted)
        shutil.rmtree(home)
        return _cells(learners, channel, changed, lost, stopped + absent)

    def _home(self, start: tuple[Start, ...], studied: bool) -> Path:
        """Return a new folder with a collection that has imported what ``start`` says."""
        from nam_flash.backend import Collection

        made = self.folder / f"with-{'-'.join(start)}{'-studied' * studied}"
        if not made.exists():
            made.mkdir()
            with closing(Collection(str(made / "collection.anki2"))) as collection:
                for name in start:
                    deliver(collection, self.had[name])
                if studied:
                    old = self.editions[start[-1]]
                    study(Life(collection, old, self.editions["new"], Changes({})))
        home = self.folder / "home"
        shutil.copytree(made, home)
        return home


def _cells(
    learners: Sequence[Learner],
    channel: Channel,
    changed: Changes,
    lost: Sequence[Loss],
    absent: Sequence[Loss],
) -> list[Cell]:
    names = [learner.name for learner in learners]
    counts = dict.fromkeys(CHANGES, 0)
    for classes in changed.of.values():
        for change in classes:
            counts[change] += 1
    found: dict[str, tuple[list[Finding], list[Finding]]] = {change: ([], []) for change in counts}
    for side, entries in enumerate((lost, absent)):
        for loss in entries:
            classes = changed.classes(loss.owner)
            for change in [name for name in classes if name in loss.changes] or classes:
                limit = next(
                    (row.name for row in LIMITS if row.explains(loss.what, channel, change, names)),
                    "",
                )
                found[change][side].append(Finding(loss.what, loss.owner, loss.detail, limit))
    who = " + ".join(names)
    return [
        Cell(who, channel, change, counts[change], tuple(gone), tuple(away))
        for change, (gone, away) in found.items()
        if counts[change]
    ]


__all__ = [
    "LEARNERS",
    "LIMITS",
    "Cell",
    "Fault",
    "Finding",
    "Older",
    "Report",
    "Stage",
    "prepare",
    "rehearse",
]
