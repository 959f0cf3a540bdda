"""``nam-flash list``, ``show`` and ``stats``: the fact base in the terminal."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from nam_flash.cli.input import (
    Loaded,
    clock,
    complete_fact,
    counted,
    input_options,
    json_option,
    load_all,
    module_option,
    print_json,
    selection,
    selection_options,
)

if TYPE_CHECKING:
    from nam_flash.deck import Note


@click.command("list")
@selection_options
@module_option
@input_options
@json_option
def list_(
    topic: tuple[str, ...],
    level: tuple[str, ...],
    kind: tuple[str, ...],
    module: Path | None,
    cards: Path | None,
    recipe: Path | None,
    as_json: bool,
) -> None:
    """List the facts in teaching order: id, kind, level, number of cards, first prompt.

    \b
    Examples:
      nam-flash list --topic treatment --level core
      nam-flash list --kind comparison --json
    """
    loaded = _loaded(cards, recipe, module)
    chosen = selection(loaded, topic, level, kind)
    facts: dict[str, dict[str, Any]] = {}
    for note in loaded.built.deck.notes:
        if chosen.takes(note):
            row = facts.setdefault(note.fact.id, _row(note))
            row["cards"] += len(note.ords)
    if as_json:
        print_json(list(facts.values()))
        return
    width = max((len(id_) for id_ in facts), default=0)
    room = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 10_000
    for row in facts.values():
        line = (
            f"{row['id']:{width}}  {row['kind']:10}  {row['level']:8}  {row['cards']:3}  "
            f"{row['prompt']}"
        )
        click.echo(line if len(line) <= room else line[: room - 1] + "…")


@click.command()
@click.argument("fact_id", metavar="ID", shell_complete=complete_fact)
@module_option
@input_options
@json_option
def show(
    fact_id: str, module: Path | None, cards: Path | None, recipe: Path | None, as_json: bool
) -> None:
    """Show one fact: where it is written, its cards, its explanation and its sources.

    ID is a fact's id, or the key of one note, as the card's footer shows it.

    \b
    Examples:
      nam-flash show imnm-subtypes
      nam-flash show imnm-subtypes/statin/hmgcr --json
    """
    from nam_flash.markup import as_text

    loaded = _loaded(cards, recipe, module)
    notes = loaded.built.deck.notes
    wanted = [note for note in notes if fact_id in (note.key, note.fact.id)]
    if not wanted:
        from nam_flash.problem import suggest

        hint = suggest(fact_id, [fact.id for fact in loaded.library.facts])
        raise click.ClickException(f"no fact {fact_id!r}" + (f"; {hint}" if hint else ""))
    if as_json:
        print_json([_whole(note, loaded) for note in wanted])
        return
    first = wanted[0]
    fact = first.fact
    click.secho(fact.id, bold=True, nl=False)
    row = _row(first)
    click.echo(f"  {row['kind']}, {row['level']}, {fact.topic}")
    click.echo(str(fact.origin.at()))
    for note in wanted:
        click.echo()
        if note.key != fact.id:
            click.secho(note.key, bold=True)
        for name, value in zip(note.note_type.names, note.fields, strict=True):
            if value and name not in ("ID", "Version"):
                text = as_text(value).replace("\n", "\n    ")
                click.echo(f"  {click.style(name, fg='cyan')}: {text}")
    click.echo()
    click.echo(f"  {click.style('Tags', fg='cyan')}: {' '.join(first.tags)}")


@click.command()
@module_option
@input_options
@json_option
def stats(module: Path | None, cards: Path | None, recipe: Path | None, as_json: bool) -> None:
    """Count notes and cards by topic, kind and level, the findings of the rules, and the sources.

    \b
    Examples:
      nam-flash stats
      nam-flash stats --json
    """
    loaded = _loaded(cards, recipe, module)
    notes = loaded.built.deck.notes
    tables = {
        "topic": _count(notes, lambda note: note.fact.topic.split("/")[0]),
        "kind": _count(notes, lambda note: _row(note)["kind"]),
        "level": _count(notes, lambda note: note.fact.level),
    }
    findings = _findings(loaded)
    for topic, row in tables["topic"].items():
        row["findings"] = findings[topic]
    cited: Counter[str] = Counter()
    for fact in {note.fact.id: note.fact for note in notes}.values():
        cited.update({citation.id for _, citation in fact.citations()})
    totals = {
        "facts": len(loaded.library.facts),
        "notes": len(notes),
        "cards": sum(len(note.ords) for note in notes),
        "sources cited": len(cited),
        "sources listed": len(loaded.library.sources),
    }
    if as_json:
        print_json({"totals": totals, **tables, "sources": dict(cited.most_common())})
        return
    click.echo(", ".join(f"{count:,} {name}" for name, count in totals.items()))
    for name, table in tables.items():
        click.echo()
        columns = list(next(iter(table.values()), {}))
        click.secho("  ".join([f"{name:16}", *(f"{column:>5}" for column in columns)]), bold=True)
        for key, row in table.items():
            counts = (f"{row[column]:{max(5, len(column))},}" for column in columns)
            click.echo("  ".join([f"{key:16}", *counts]))
    click.echo()
    click.secho(f"{'most cited':16}  facts", bold=True)
    for id_, count in cited.most_common(10):
        click.echo(f"{id_:16}  {count:5}")


def _loaded(cards: Path | None, recipe: Path | None, module: Path | None) -> Loaded:
    """Load for browsing: problems are only counted, as what can be read can be shown."""
    loaded = load_all(cards, recipe, module)
    if loaded.problems:
        found = counted(len(loaded.problems), "problem")
        click.echo(f"{found}; run `nam-flash check`", err=True)
    return loaded


#: Where a note type asks, if not in its second field.
_ASKED_IN: Final = {"vignette": "Question", "occlusion": "Header"}


def _row(note: "Note") -> dict[str, Any]:
    from nam_flash.kinds import kind_of
    from nam_flash.markup import as_text

    prompt = note.fields[1]
    if note.note_type.key in _ASKED_IN:
        prompt = note.value(_ASKED_IN[note.note_type.key])
    return {
        "id": note.fact.id,
        "kind": kind_of(note.fact),
        "level": note.fact.level,
        "topic": note.fact.topic,
        "cards": 0,
        "prompt": as_text(prompt),
    }


def _whole(note: "Note", loaded: Loaded) -> dict[str, Any]:
    fields = dict(zip(note.note_type.names, note.fields, strict=True))
    return {
        "key": note.key,
        "guid": note.guid,
        "note type": note.note_type.name,
        "cards": len(note.ords),
        "deck": note.deck,
        "tags": list(note.tags),
        "fields": fields,
        "place": str(note.fact.origin.at()),
    }


def _findings(loaded: Loaded) -> Counter[str]:
    """Count what `check` finds by top topic, each at the fact in whose lines it stands."""
    from bisect import bisect_right

    from nam_flash.rules import lint
    from nam_flash.rules.study import Study

    facts = sorted((fact.origin.at(), fact.topic.split("/")[0]) for fact in loaded.library.facts)
    places = [where for where, _ in facts]
    found: Counter[str] = Counter()
    study = Study(loaded.library, loaded.lock, clock())
    for problem in {*loaded.problems, *lint(study)}:
        i = bisect_right(places, problem.where) - 1
        if i >= 0 and places[i].path == problem.where.path:
            found[facts[i][1]] += 1
    return found


def _count(notes: "Iterable[Note]", key: Any) -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {}
    facts: dict[str, set[str]] = {}
    for note in notes:
        row = table.setdefault(key(note), {"facts": 0, "notes": 0, "cards": 0})
        facts.setdefault(key(note), set()).add(note.fact.id)
        row["facts"] = len(facts[key(note)])
        row["notes"] += 1
        row["cards"] += len(note.ords)
    return table
