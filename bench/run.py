"""Measure nam-flash against what people would use otherwise, and write docs/performance.md.

    python bench/run.py [--write] [--sizes 300 10000 100000]

Every figure is a ratio of whole processes that ran in turns (A B C A B C ...), as seconds depend
on the machine and on what else it does: the ratio is taken within each turn, and the tables show
the median over the turns. Wall time is from start to end; CPU time (user and system) and peak
memory are what the kernel reports of the ended process. The first turn warms up and does not
count. Progress and seconds go to stderr. Needs a Unix (``os.wait4``), 2 GB and 15 minutes.
"""

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple

HERE: Final = Path(__file__).resolve().parent
WORK: Final = HERE / "work"
DOCUMENT: Final = HERE.parent / "docs" / "performance.md"
BEGIN: Final = "<!-- bench: begin (written by bench/run.py --write) -->\n"
END: Final = "<!-- bench: end -->"

#: Number of notes -> how many turns count, and in how many of them the slowest tool takes part.
TURNS: Final = {300: (21, 7), 10_000: (9, 3), 100_000: (3, 1)}
START_TURNS: Final = 25
FLOOR_TURNS: Final = 9

PYTHON: Final = sys.executable
OTHER: Final = "anki-yaml-tool==0.4.0"
ONE_FILE: Final = "plain script, all facts in one file"
FIRST, AGAIN, PLAIN, YAML_TOOL = (
    "nam-flash, first build",
    "nam-flash, rebuild",
    "plain script",
    "anki-yaml-tool 0.4.0",
)
HELP, CLICK, NOTHING = "nam-flash --help", 'python -c "import click"', 'python -c ""'

#: All read compiled modules, as they do once installed; kept out of the tree.
ENVIRONMENT: Final = {
    **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": str(WORK / "pycache"),
}

Command = Sequence[str | Path]
Figure = Literal["wall", "cpu", "memory"]
FIGURES: Final[tuple[Figure, ...]] = ("wall", "cpu", "memory")


class Run(NamedTuple):
    """What one process took: seconds, seconds, kilobytes."""

    wall: float
    cpu: float
    memory: int


Results = dict[str, list[Run]]


@dataclass(frozen=True)
class Contestant:
    """A process to measure: ``command`` runs in ``folder``, after ``prepare``.

    It takes part in at most ``turns`` turns; where those are few, it needs no warm-up.
    """

    name: str
    command: Command
    folder: Path = WORK
    output: str = ""
    prepare: Callable[[], None] = lambda: None
    turns: int = sys.maxsize


def run(command: Command, folder: Path) -> Run:
    """Run a process to its end; exits with its words when it fails."""
    # Keep this process small: what it holds counts into the peak of the processes it starts.
    with tempfile.TemporaryFile() as words:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=words
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            sys.exit(f"{command} failed:\n{words.read().decode(errors='replace')}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def in_turns(contestants: Sequence[Contestant], turns: int) -> Results:
    """Return the runs of all contestants, warm-up left out, in the order of the turns."""
    results: Results = {contestant.name: [] for contestant in contestants}
    for turn in range(turns + 1):
        for contestant in contestants:
            if contestant.turns < turns and not 1 <= turn <= contestant.turns:
                continue
            contestant.prepare()
            result = run(contestant.command, contestant.folder)
            if turn:
                results[contestant.name].append(result)
    return results


def ratio(results: Results, name: str, other: str, what: Figure) -> float:
    """Return the median, over the turns of both, of one's figure in those of another."""
    pairs = zip(results[name], results[other], strict=False)
    return statistics.median(float(getattr(a, what) / getattr(b, what)) for a, b in pairs)


def middle(results: Results, name: str, what: Figure) -> float:
    """Return the median of one figure of a contestant."""
    return statistics.median(float(getattr(result, what)) for result in results[name])


# --- what is measured ---


@dataclass(frozen=True)
class Base:
    """What was measured with a base of ``count`` notes: runs, sizes of files, writing stage."""

    count: int
    results: Results
    sizes: dict[str, int]
    writing: tuple[float, float]


def measure(count: int, other: Path | None) -> Base:
    """Generate the base of ``count`` notes and measure everything with it."""
    folder = WORK / str(count)
    run([PYTHON, HERE / "generate.py", str(count), folder], WORK)
    contestants = list(builders(folder, other, TURNS[count][1]))
    results = in_turns(contestants, TURNS[count][0])
    sizes = {}
    for contestant in contestants:
        package = folder / contestant.output
        sizes[contestant.name] = package.stat().st_size
        assert contents(package) == (count, 2 * count), f"{contestant.name} lost something"
    base = Base(count, results, sizes, writing(folder))
    for name, runs in results.items():
        wall, cpu, memory = (middle(results, name, what) for what in FIGURES)
        print(
            f"{count:>7,} {name:22} {wall:8.3f} s wall {cpu:8.3f} s CPU {memory / 1024:6.0f} MB "
            f"{sizes[name] / 1e6:7.2f} MB file, {len(runs)} turns",
            file=sys.stderr,
        )
    return base


def builders(folder: Path, other: Path | None, other_turns: int) -> Iterator[Contestant]:
    """Yield those that make a package of the base in ``folder``."""
    build = [PYTHON, "-m", "nam_flash", "build", "--cards", "cards", "--recipe", "decks/bench.yaml"]
    lock = folder / "decks" / "bench.lock"
    apkg = "decks/bench.apkg"
    yield Contestant(FIRST, build, folder, apkg, lambda: lock.unlink(missing_ok=True))
    yield Contestant(AGAIN, build, folder, apkg)
    plain = [PYTHON, str(HERE / "plain.py"), "cards", "plain.apkg"]
    yield Contestant(PLAIN, plain, folder, "plain.apkg")
    if folder.name != "100000":  # it would take several GB
        join(folder)
        one = [PYTHON, str(HERE / "plain.py"), "one", "one.apkg"]
        yield Contestant(ONE_FILE, one, folder, "one.apkg")
    if other:
        command = [str(other), "build", "--file", "anki-yaml-tool.yaml", "--output", "other.apkg"]
        yield Contestant(YAML_TOOL, command, folder, "other.apkg", turns=other_turns)


def join(folder: Path) -> None:
    """Put all facts of a base into one file, for a script whose author did not split them."""
    target = folder / "one"
    target.mkdir(exist_ok=True)
    (target / "sources.yaml").write_bytes((folder / "cards" / "sources.yaml").read_bytes())
    parts = (path.read_bytes() for path in sorted((folder / "cards").glob("facts-*.yaml")))
    (target / "facts-all.yaml").write_bytes(b"\n".join(parts))


def contents(package: Path) -> tuple[int, int]:
    """Return how many notes and cards a package holds."""
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        with zipfile.ZipFile(package) as archive:
            database = archive.extract("collection.anki2", folder)
        connection = sqlite3.connect(database)
        try:
            counts = "SELECT (SELECT count(*) FROM notes), (SELECT count(*) FROM cards)"
            notes, cards = connection.execute(counts).fetchone()
        finally:
            connection.close()
    return notes, cards


def writing(folder: Path) -> tuple[float, float]:
    """Return wall and CPU time of the writing stage in multiples of its floor."""
    command = [PYTHON, str(HERE / "floor.py"), str(folder), str(FLOOR_TURNS)]
    done = subprocess.run(command, check=True, env=ENVIRONMENT, stdout=subprocess.PIPE)
    times = json.loads(done.stdout)
    pairs = list(zip(times["ours"], times["floor"], strict=True))
    wall, cpu = (statistics.median(a[i] / b[i] for a, b in pairs) for i in (0, 1))
    return wall, cpu


def start_up() -> Results:
    """Measure ``--help`` and what it is compared with."""
    return in_turns(
        [
            Contestant(HELP, [Path(PYTHON).parent / "nam-flash", "--help"]),
            Contestant(CLICK, [PYTHON, "-c", "import click"]),
            Contestant(NOTHING, [PYTHON, "-c", ""]),
        ],
        START_TURNS,
    )


def install_other() -> Path | None:
    """Return anki-yaml-tool in an environment of its own, or None where it cannot be had."""
    environment = WORK / "venv"
    tool = environment / "bin" / "anki-yaml-tool"
    if not tool.exists():
        subprocess.run([PYTHON, "-m", "venv", environment], check=True)
        pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", OTHER]
        if subprocess.run(pip).returncode:
            print(f"{OTHER} cannot be installed: left out", file=sys.stderr)
            return None
    return tool


# --- what is shown ---


def tables(bases: dict[int, Base], start: Results) -> Iterator[str]:
    """Yield the lines of all tables."""
    yield from head("target", "limit", "measured", "")
    for what, figure, limit in targets(bases, start):
        verdict = "met" if round(figure, 2) <= limit else "**missed**"
        yield f"| {what} | {limit:g} | {figure:.2f} | {verdict} |"
    yield "\nWhole processes, YAML files to .apkg, in multiples of the plain script:\n"
    yield from head("notes", "", "wall", "CPU", "peak memory", "file", "turns")
    for base in bases.values():
        for name, runs in base.results.items():
            figures = [ratio(base.results, name, PLAIN, what) for what in FIGURES]
            figures.append(base.sizes[name] / base.sizes[PLAIN])
            cells = " | ".join(f"{figure:.2f}" for figure in figures)
            yield f"| {base.count:,} | {name} | {cells} | {len(runs)} |"
    yield "\nWriting stage, a deck in memory to the bytes of the file, in multiples of its floor:\n"
    yield from head("notes", "wall", "CPU")
    for base in bases.values():
        wall, cpu = base.writing
        yield f"| {base.count:,} | {wall:.2f} | {cpu:.2f} |"
    yield f"\nStart-up, in multiples of `{CLICK}`:\n"
    yield from head("", "wall", "CPU")
    for name in start:
        wall, cpu = (ratio(start, name, CLICK, what) for what in ("wall", "cpu"))
        yield f"| `{name}` | {wall:.2f} | {cpu:.2f} |"


def head(*columns: str) -> tuple[str, str]:
    """Return the first two lines of a Markdown table."""
    return f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"


def targets(bases: dict[int, Base], start: Results) -> Iterator[tuple[str, float, float]]:
    """Yield what was aimed at, what was measured, and the most that it should be."""
    small, middling, large = (bases.get(count) for count in TURNS)
    if small:
        yield "300 notes: time / plain script", ratio(small.results, FIRST, PLAIN, "wall"), 1
    if middling:
        results = middling.results
        yield "10,000 notes: time / plain script", ratio(results, FIRST, PLAIN, "wall"), 0.5
        yield "10,000 notes: memory / plain script", ratio(results, FIRST, PLAIN, "memory"), 0.5
        both: tuple[Figure, ...] = ("wall", "memory")
        for what in both:
            figure = ratio(results, FIRST, ONE_FILE, what)
            name = "time" if what == "wall" else what
            yield f"10,000 notes: {name} / plain script on one file", figure, 0.5
    if large:
        yield "100,000 notes: writing stage / floor", large.writing[0], 2
        size = large.sizes[FIRST] / large.sizes[PLAIN]
        yield "100,000 notes: file / plain script", size, 0.2
    if middling and large:
        for what in FIGURES[1:]:
            growth = middle(large.results, FIRST, what) / middle(middling.results, FIRST, what)
            yield f"{what} a note, 100,000 / 10,000 notes", growth / 10, 1.1
    yield f"`{HELP}` / `import click`", ratio(start, HELP, CLICK, "wall"), 1.3


def main() -> None:
    """Measure everything and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the tables into the document")
    parser.add_argument("--sizes", nargs="+", type=int, choices=TURNS, default=list(TURNS))
    options = parser.parse_args()
    WORK.mkdir(exist_ok=True)
    other = install_other()
    start = start_up()
    bases = {count: measure(count, other) for count in options.sizes}
    text = "\n".join(tables(bases, start))
    print(text)
    if options.write:
        before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        DOCUMENT.write_text(f"{before}{BEGIN}\n{text}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
