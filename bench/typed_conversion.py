"""Weigh typed-conversion libraries against `nam_flash.reader`: the figures of docs/choices.md.

    python -m pip install cattrs msgspec pydantic
    python bench/typed_conversion.py [--facts 10000] [--rounds 15]

nam-flash needs none of these libraries and only this file imports them, so whoever runs it
installs them first. One that is missing is left out.

Each library gets the types that it likes best, derived from our own (all kinds, the same keys,
patterns and defaults), and converts the facts of `generate.py` from plain dicts, lists and texts.
`reader.py` converts the same facts from nodes, with the place of each fact, which the libraries do
not keep. That the values are equal is checked. Everything runs in one process, in turns, after a
warm-up, the collector off as in `nam-flash build`; imports run in processes of their own. A figure
is the median over the turns of one's time in that of `reader.py` in the same turn. Then follow
what each says of the same broken fact, and what each makes of single texts as it comes out of the
box.
"""

import argparse
import gc
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass, make_dataclass
from functools import cache, partial, reduce
from importlib.metadata import version
from importlib.util import find_spec
from operator import or_
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Annotated, Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints

import generate

from nam_flash import nodes
from nam_flash.kinds import KINDS
from nam_flash.nodes import Document, Node, Scalar, parse
from nam_flash.reader import FAILED, Form, read, read_tagged

OURS: Final = "reader.py"
SHAPES: Final[Mapping[str, Any]] = KINDS
START_TURNS: Final = 25

BROKEN: Final = """\
- id: subtypes
  kind: comparison
  topic: antibodies
  level: cor
  titel: Subtypes of IMNM
  as_of: soon
  entities: {srp: anti-SRP, hmgcr: anti-HMGCR}
  attributes:
    - id: statin
      name: Statin exposure
      ask: How is {entity} related to statins?
      cells:
        srp: {answer: not at all, card: nope}
"""
#: The same with only the last mistake.
NESTED: Final = BROKEN.replace("cor\n", "core\n").replace("titel", "title").replace("soon", "2022")

#: A kind that does not exist.
MISNAMED: Final = BROKEN.replace("comparison", "comparision")

NOWHERE: Final = Document("facts.yaml", b"")

#: Declared type and text, as YAML gives it before anybody guesses.
SCALARS: Final[Sequence[tuple[Any, str]]] = (
    (int | None, "2022"),
    (int | None, "2_022"),
    (int | None, "2022.0"),
    (int | None, "1e3"),
    (int | None, "null"),
    (bool, "false"),
    (bool, "False"),
    (bool, "no"),
    (bool, "0"),
)


class Complaint(NamedTuple):
    """What a library says, and the path that it gives: to a value, or to ``key`` in it."""

    path: tuple[str | int, ...]
    words: str
    key: str = ""


@dataclass(frozen=True)
class Library:
    """A library at work: facts to values, a broken fact to complaints, a text to a scalar."""

    convert: Callable[[list[Any]], Sequence[Any]]
    complain: Callable[[Any], Iterator[Complaint]]
    scalar: Callable[[Any, str], Any]


# --- our types in the words of each library ---


def translated(hint: Any, text: Callable[[Form], Any], record: Callable[[Any], Any]) -> Any:
    """Return a type of ours with `Form` and dataclasses replaced by what a library has instead."""
    inner = partial(translated, text=text, record=record)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return text(args[1])
    if is_dataclass(hint):
        return record(hint)
    if origin in (tuple, dict):
        return GenericAlias(origin, tuple(inner(arg) for arg in args))
    if origin is UnionType:
        return inner(args[0]) | None
    return hint


def columns(shape: Any, text: Callable[[Form], Any], record: Callable[[Any], Any]) -> Iterator[Any]:
    """Yield name, translated type and dataclass field of what a fact file may say in ``shape``."""
    hints = get_type_hints(shape, include_extras=True)
    for column in fields(shape):
        if column.name != "origin":
            yield column.name, translated(hints[column.name], text, record), column


def with_msgspec() -> Library:
    """Structs. A bare source id stays a text: no hook can make it a `Citation`."""
    import msgspec

    def text(form: Form) -> Any:
        return Annotated[str, msgspec.Meta(pattern=rf"^(?s:{form.pattern})\Z")]

    @cache
    def record(shape: Any, tag: str | None = None) -> Any:
        rows, short = [], None
        for name, hint, column in columns(shape, text, record):
            if column.default_factory is not MISSING:
                rows.append((name, hint, msgspec.field(default_factory=column.default_factory)))
            else:
                rows.append((name, hint, *([] if column.default is MISSING else [column.default])))
            if name == getattr(shape, "SHORT", ""):
                short = hint
        struct = msgspec.defstruct(
            shape.__name__,
            rows,
            kw_only=True,
            frozen=True,
            forbid_unknown_fields=True,
            tag_field="kind" if tag else None,
            tag=tag,
        )
        return short | struct if short else struct

    fact = reduce(or_, [record(shape, name) for name, shape in SHAPES.items()])

    def complain(data: Any) -> Iterator[Complaint]:
        try:
            msgspec.convert(data, fact, strict=False)
        except msgspec.ValidationError as error:
            words = str(error)
            # The path is in the message only; "[...]" is a key of a dict that it does not tell.
            path = words.rpartition("`$")[2].partition("[...]")[0]
            steps = re.findall(r"\.([\w-]+)|\[(\d+)\]", path) if "`$" in words else []
            key = re.search("unknown field `(.*?)`", words)
            keys = tuple(name or int(index) for name, index in steps)
            yield Complaint(keys, words, key[1] if key else "")

    return Library(
        partial(msgspec.convert, type=GenericAlias(list, (fact,)), strict=False),
        complain,
        lambda hint, value: msgspec.convert(value, hint, strict=False),
    )


def with_cattrs() -> Library:
    """Dataclasses like ours, with hooks for forms, short forms, whole numbers and booleans."""
    import cattrs
    from cattrs.gen import make_dict_structure_fn
    from cattrs.strategies import configure_tagged_union
    from cattrs.v import format_exception

    converter = cattrs.Converter(forbid_extra_keys=True)

    def has_form(hint: Any) -> bool:
        return get_origin(hint) is Annotated

    def form_hook(hint: Any) -> Callable[[Any, Any], str]:
        form: Form = get_args(hint)[1]
        match = re.compile(form.pattern, re.DOTALL).fullmatch

        def hook(value: Any, _: Any) -> str:
            if isinstance(value, str) and match(value):
                return value
            raise ValueError(f"{value!r} is not {form.name}")

        return hook

    def whole_number(value: Any, _: Any) -> int:
        if isinstance(value, str) and re.fullmatch("-?[0-9]{1,15}", value):
            return int(value)
        raise ValueError(value)

    def boolean(value: Any, _: Any) -> bool:
        if value in ("true", "false"):
            return bool(value == "true")
        raise ValueError(value)

    converter.register_structure_hook_factory(has_form, form_hook)
    converter.register_structure_hook(int, whole_number)
    converter.register_structure_hook(bool, boolean)

    @cache
    def record(shape: Any) -> Any:
        rows = [
            (name, hint, field(default=column.default, default_factory=column.default_factory))
            for name, hint, column in columns(shape, lambda form: Annotated[str, form], record)
        ]
        made = make_dataclass(shape.__name__, rows, frozen=True, slots=True, kw_only=True)
        if short := getattr(shape, "SHORT", ""):
            whole: Any = make_dict_structure_fn(made, converter, _cattrs_forbid_extra_keys=True)
            converter.register_structure_hook(
                made, lambda value, t: whole({short: value} if isinstance(value, str) else value, t)
            )
        return made

    tags = {record(shape): name for name, shape in SHAPES.items()}
    fact = reduce(or_, tags)
    configure_tagged_union(fact, converter, tag_generator=tags.__getitem__, tag_name="kind")

    def complaints(error: Any, path: tuple[str | int, ...] = ()) -> Iterator[Complaint]:
        for cause in error.exceptions:
            # Where it happened is in notes, which are texts with attributes.
            notes = getattr(cause, "__notes__", [])
            here = [getattr(note, "name", getattr(note, "index", "")) for note in notes]
            hint = notes[0].type if notes else None
            if isinstance(cause, ExceptionGroup):
                yield from complaints(cause, (*path, *here))
            else:
                for key in sorted(getattr(cause, "extra_fields", ("",))):
                    yield Complaint((*path, *here), format_exception(cause, hint), key)

    many: Any = GenericAlias(list, (fact,))

    def complain(data: Any) -> Iterator[Complaint]:
        try:
            converter.structure([data], many)
        except cattrs.BaseValidationError as error:
            for path, words, key in complaints(error):
                yield Complaint(path[1:], words, key)

    return Library(
        lambda data: converter.structure(data, many),
        complain,
        lambda hint, value: cattrs.Converter().structure(value, hint),
    )


def with_pydantic() -> Library:
    """Models; a bare source id becomes a `Citation` before validation."""
    from pydantic import (
        BeforeValidator,
        ConfigDict,
        Field,
        StringConstraints,
        TypeAdapter,
        ValidationError,
        create_model,
    )

    adapter: Callable[[Any], Any] = TypeAdapter

    def text(form: Form) -> Any:
        return Annotated[str, StringConstraints(pattern=rf"^(?s:{form.pattern})$")]

    @cache
    def record(shape: Any, tag: str = "") -> Any:
        rows: dict[str, Any] = {"kind": (Literal[tag], ...)} if tag else {}
        for name, hint, column in columns(shape, text, record):
            factory = column.default_factory
            default = ... if column.default is MISSING else column.default
            rows[name] = hint, default if factory is MISSING else Field(default_factory=factory)
        config = ConfigDict(frozen=True, extra="forbid")
        model = create_model(shape.__name__, __config__=config, **rows)
        if short := getattr(shape, "SHORT", ""):
            whole = BeforeValidator(lambda value: {short: value} if type(value) is str else value)
            return Annotated[model, whole]
        return model

    models = reduce(or_, [record(shape, name) for name, shape in SHAPES.items()])
    fact: Any = Annotated[models, Field(discriminator="kind")]
    one, many = adapter(fact), adapter(GenericAlias(list, (fact,)))

    def complain(data: Any) -> Iterator[Complaint]:
        try:
            one.validate_python(data)
        except ValidationError as error:
            for cause in error.errors(include_url=False):
                # The first step is the kind, which is no key of the file.
                path, key = cause["loc"][1:], ""
                if path[-1:] == ("[key]",):
                    path = path[:-1]
                if cause["type"] == "extra_forbidden" or path != cause["loc"][1:]:
                    path, key = path[:-1], str(path[-1])
                words = [".".join(map(str, cause["loc"])), cause["msg"]]
                yield Complaint(path, ": ".join(filter(None, words)), key)

    return Library(
        many.validate_python,
        complain,
        lambda hint, value: adapter(hint).validate_python(value),
    )


MAKERS: Final[Mapping[str, Callable[[], Library]]] = {
    "msgspec": with_msgspec,
    "cattrs": with_cattrs,
    "pydantic": with_pydantic,
}

# --- facts, plain and as values ---


def plain(node: Node) -> Any:
    """Return what the libraries read: dicts, lists and texts, without places."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, nodes.Mapping):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    return [plain(item) for item in node.items]


def ours(facts: Sequence[Node]) -> list[Any]:
    """Convert nodes with `nam_flash.reader`."""
    return [read_tagged("kind", KINDS, fact, NOWHERE, []) for fact in facts]


def items(data: bytes) -> list[Node]:
    """Return the facts of a file."""
    root, problems = parse(Document("facts.yaml", data))
    assert isinstance(root, nodes.Sequence), problems
    return root.items


def same(our: Any, their: Any) -> bool:
    """Tell whether a library has made the value that we make."""
    if is_dataclass(our):
        if isinstance(their, str):  # msgspec leaves short forms as they are
            return bool(getattr(our, getattr(our, "SHORT", "")) == their)
        names = [column.name for column in fields(our) if column.name != "origin"]
        return all(same(getattr(our, name), getattr(their, name)) for name in names)
    if isinstance(our, tuple):
        return len(our) == len(their) and all(map(same, our, their))
    return bool(our == their)


def place(fact: Node, complaint: Complaint) -> tuple[int, int]:
    """Return line and column of what a complaint is about, as deep as its path leads."""
    node = fact
    for step in complaint.path:
        if isinstance(node, nodes.Mapping) and step in node.entries:
            node = node.entries[str(step)].value
        elif isinstance(node, nodes.Sequence) and isinstance(step, int):
            node = node.items[step]
    if complaint.key and isinstance(node, nodes.Mapping):
        node = node.entries[complaint.key].key
    return node.line, node.column


# --- measuring ---


def in_turns(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each task in each turn, warm-up left out."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(rounds + 1):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            if turn:
                times[name].append(time.perf_counter() - start)
    return times


def ratio(times: Mapping[str, list[float]], name: str, *more: str) -> float:
    """Return the median over the turns of the time of some tasks together in multiples of ours."""
    turns = zip(times[OURS], *(times[part] for part in (name, *more)), strict=True)
    return float(statistics.median(sum(parts) / our for our, *parts in turns))


def process(code: str) -> Callable[[], object]:
    """Return a task that runs ``code`` in a process of its own."""
    command = [sys.executable, "-c", code]
    return lambda: subprocess.run(command, cwd=Path(__file__).parent, check=True)


def first(name: str) -> None:
    """Make the types of a library and convert one fact: what a short run pays."""
    (fact,) = items(NESTED.replace("nope", "false").encode())
    if name == OURS:
        ours([fact])
    else:
        MAKERS[name]().convert([plain(fact)])


def measure(libraries: Mapping[str, Library], count: int, rounds: int) -> Iterator[str]:
    """Yield the table of times."""
    with tempfile.TemporaryDirectory() as folder:
        generate.main(count, Path(folder))
        paths = sorted(Path(folder, "cards").glob("facts-*.yaml"))
        files = [path.read_bytes() for path in paths]
    facts = [fact for data in files for fact in items(data)]
    data = [plain(fact) for fact in facts]
    values = ours(facts)
    assert FAILED not in values
    for name, library in libraries.items():
        assert all(map(same, values, library.convert(data))), name
    del values
    parsing, dicts = "parsing the text to nodes", "plain dicts from nodes"
    tasks: dict[str, Callable[[], object]] = {
        OURS: lambda: ours(facts),
        parsing: lambda: [items(data) for data in files],
        dicts: lambda: [plain(fact) for fact in facts],
    }
    tasks |= {name: partial(library.convert, data) for name, library in libraries.items()}
    gc.disable()
    times = in_turns(tasks, rounds)
    gc.enable()
    imports = {OURS: process("import nam_flash.reader")}
    imports |= {name: process(f"import nam_flash.nodes, {name}") for name in libraries}
    starts = {
        name: process(f"import typed_conversion as t; t.first({name!r})")
        for name in (OURS, *libraries)
    }
    imported, started = in_turns(imports, START_TURNS), in_turns(starts, START_TURNS)
    yield f"| {count:,} facts | conversion | with plain dicts | import | import, types, one fact |"
    yield "|---|---|---|---|---|"
    yield f"| {OURS} | 1 | 1 | 1 | 1 |"
    for name in libraries:
        cells = [ratio(times, name), ratio(times, name, dicts)]
        cells += [ratio(imported, name), ratio(started, name)]
        yield f"| {name} {version(name)} | {' | '.join(f'{cell:.2f}' for cell in cells)} |"
    yield f"| {dicts} | {ratio(times, dicts):.2f} | | | |"
    yield f"| {parsing} | {ratio(times, parsing):.2f} | | | |"


def complaints(libraries: Mapping[str, Library], text: str) -> Iterator[str]:
    """Yield what each says of a broken fact, each line with the place that can be found for it."""
    (fact,) = items(text.encode())
    problems: list[Any] = []
    read_tagged("kind", KINDS, fact, NOWHERE, problems)
    yield f"{OURS}:"
    yield from (f"    {problem}" for problem in sorted(problems, key=lambda p: p.where))
    for name, library in libraries.items():
        yield f"{name}:"
        for complaint in sorted(library.complain(plain(fact)), key=lambda c: place(fact, c)):
            yield "    {}:{}: {}".format(*place(fact, complaint), complaint.words)


def scalars(libraries: Mapping[str, Library]) -> Iterator[str]:
    """Yield the table of what each makes of single texts, set up for text but with no hook."""
    yield f"| declared | text | {OURS} | {' | '.join(libraries)} |"
    yield "|---|---|---|" + "---|" * len(libraries)
    for hint, text in SCALARS:
        value = read(hint, Scalar(text, 1, 1, True), NOWHERE, [])
        cells = ["refused" if value is FAILED else f"`{value}`"]
        for library in libraries.values():
            try:
                cells.append(f"`{library.scalar(hint, text)}`")
            except ValueError:  # of which all their errors are
                cells.append("refused")
        yield f"| {getattr(hint, '__name__', 'int')} | `{text}` | {' | '.join(cells)} |"


def main() -> None:
    """Print the tables and the samples."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    libraries = {name: make() for name, make in MAKERS.items() if find_spec(name)}
    for line in measure(libraries, options.facts, options.rounds):
        print(line)
    for text in (BROKEN, NESTED, MISNAMED):
        print(f"\n{text}")
        for line in complaints(libraries, text):
            print(line)
    print()
    for line in scalars(libraries):
        print(line)


if __name__ == "__main__":
    main()
