"""A local module: an instructor's own folder laid over a base, without touching the base.

``module.yaml`` says what changes; fact files beside it add facts, ``sources.yaml`` and
``glossary.yaml`` add works and abbreviations. Facts that the module leaves alone keep their GUIDs
and their stamps, so that students of the base lose nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from nam_flash.fact import Tag, Topic
from nam_flash.files import MODULE, Shelf, read_file
from nam_flash.kinds import AnyFact
from nam_flash.markup import Markup, Side
from nam_flash.problem import Problem, suggest
from nam_flash.reader import Line, Origin, Slug, Text, TopicPath, about


@dataclass(frozen=True, slots=True)
class Module:
    """The whole of ``module.yaml``."""

    namespace: Slug = field(
        metadata=about("The first part of the GUIDs of its own facts: never changed.")
    )
    title: Line = field(metadata=about("What it is, for the deck's description."))
    tag: Tag = field(metadata=about("The root of its own tags."))
    origin: Origin = field(repr=False, compare=False)
    topics: tuple[Topic, ...] = field(default=(), metadata=about("Topics of its own."))
    hide: tuple[Slug, ...] = field(default=(), metadata=about("Facts of the base to leave out."))
    extra: dict[Slug, Text] = field(
        default_factory=dict, metadata=about("Fact of the base -> its explanation here.")
    )
    tags: dict[Tag, tuple[TopicPath, ...]] = field(
        default_factory=dict,
        metadata=about("Own tag, such as Week_1 -> facts or topics of the base that get it."),
    )

    @property
    def folder(self) -> Path:
        """The folder of the module."""
        return Path(self.origin.document.path).parent


@dataclass(frozen=True, slots=True)
class Laid:
    """The base's facts as the module leaves them, and its tags by the id of the fact."""

    facts: tuple[AnyFact, ...]
    tags: dict[str, tuple[str, ...]] = field(default_factory=dict)


#: How a problem is told to a module's author.
_EXPECTED: Final = "the id of a fact of the base"


def read_module(folder: Path, problems: list[Problem], shelf: Shelf | None = None) -> Module | None:
    """Read ``module.yaml``; None when it has problems, which are appended."""
    module: Module | None = read_file(folder / MODULE, Module, problems, shelf)
    return module


def lay(
    module: Module,
    facts: tuple[AnyFact, ...],
    topics: Collection[str],
    problems: list[Problem],
) -> Laid:
    """Apply a module to the facts of the base.

    Names that the base does not have, and an explanation for a hidden fact, are problems.
    """
    ids = {fact.id for fact in facts}
    hidden = set(module.hide)
    for i, id_ in enumerate(module.hide):
        _known(module, id_, ids, problems, "hide", i)
    for id_ in module.extra:
        if _known(module, id_, ids, problems, "extra", id_) and id_ in hidden:
            place = module.origin.at("hide", module.hide.index(id_))
            found, expected = f"an extra for {id_!r}", f"one or the other: it is hidden at {place}"
            problems.append(Problem(module.origin.at("extra", id_), "NF014", found, expected))
    extra = {id_: text for id_, text in module.extra.items() if _sound(module, id_, problems)}
    tags: dict[str, list[str]] = {}
    for name, targets in module.tags.items():
        for i, target in enumerate(targets):
            if target in ids:
                chosen = [target]
            elif target in topics:
                chosen = [f.id for f in facts if f"{f.topic}/".startswith(f"{target}/")]
            else:
                chosen = []
                _known(module, target, {*ids, *topics}, problems, "tags", name, i)
            for id_ in chosen:
                tags.setdefault(id_, []).append(f"{module.tag}::{name}")
    kept = tuple(
        replace(fact, extra=extra[fact.id]) if fact.id in extra else fact
        for fact in facts
        if fact.id not in hidden
    )
    return Laid(kept, {id_: tuple(dict.fromkeys(names)) for id_, names in tags.items()})


def _sound(module: Module, id_: str, problems: list[Problem]) -> bool:
    """Check the markup of an explanation here, where its place is known."""
    side = Side(Markup({}), module.origin, (), problems)
    before = len(problems)
    side(module.extra[id_], "extra", id_)
    return len(problems) == before


def _known(
    module: Module, id_: str, ids: Collection[str], problems: list[Problem], *keys: str | int
) -> bool:
    if id_ in ids:
        return True
    where = module.origin.at(*keys)
    problems.append(Problem(where, "NF021", repr(id_), _EXPECTED, suggest(id_, ids)))
    return False
