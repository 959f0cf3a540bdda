"""Kind ``comparison``: entities x attributes, the way to learn what is easily confused.

Each cell is a card; a cell with ``reverse`` is also asked the other way round; the whole table
stands on the back with the asked cell marked, so that every answer is seen beside its rivals.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from nam_flash.fact import Citation, Fact, Keys, cited
from nam_flash.kinds.draft import Desk, Draft
from nam_flash.markup import Side, together
from nam_flash.reader import Line, Slug, Text, about


@dataclass(frozen=True, slots=True)
class Cell:
    """What one attribute is in one entity; a bare text is its answer."""

    SHORT: ClassVar[str] = "answer"
    answer: Text = field(metadata=about("The answer, as it stands in the table."))
    reverse: Text = field(
        default="",
        metadata=about("A question whose one answer is the entity; distinctive cells only."),
    )
    extra: Text = field(default="", metadata=about("An explanation for this cell alone."))
    cite: tuple[Citation, ...] = field(
        default=(), metadata=about("The works for this cell, instead of the fact's.")
    )
    card: bool = field(default=True, metadata=about("False: in the table, but not asked."))


@dataclass(frozen=True, slots=True)
class Attribute:
    """A row of the comparison."""

    id: Slug = field(metadata=about("Its part of the notes' keys: never changed."))
    name: Line = field(metadata=about("The heading in the table."))
    ask: Text = field(metadata=about("The question, with {entity} where the entity's name goes."))
    cells: dict[Slug, Cell] = field(metadata=about("Entity -> answer; unknown ones left out."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Fact):
    """Entities beside each other, attribute by attribute."""

    title: Line = field(metadata=about("The caption of the table."))
    entities: dict[Slug, Line] = field(metadata=about("Key -> name; keys never change."))
    attributes: tuple[Attribute, ...] = field(metadata=about("What is compared."))

    def citations(self) -> Iterator[tuple[Keys, Citation]]:
        """Yield the citations of the fact and of its cells."""
        yield from cited(self.cite)
        for a, attribute in enumerate(self.attributes):
            for entity, cell in attribute.cells.items():
                yield from cited(cell.cite, "attributes", a, "cells", entity)

    def drafts(self, desk: Desk) -> Iterator[Draft]:
        """Yield a note for each asked cell, attribute by attribute."""
        self._check(desk)
        grid = self._grid(desk)
        for a, attribute in enumerate(self.attributes):
            for entity, cell in attribute.cells.items():
                if cell.card and entity in self.entities:
                    yield self._cell(desk, a, attribute, entity, cell, grid)

    def _cell(
        self,
        desk: Desk,
        a: int,
        attribute: Attribute,
        entity: str,
        cell: Cell,
        grid: dict[tuple[str, str], str],
    ) -> Draft:
        name = self.entities[entity]
        at = ("attributes", a, "cells", entity)
        table = self._table(grid, attribute.id, entity)
        question = attribute.ask.replace("{entity}", name)
        side = desk.side(self, question, cell.answer, cell.extra)
        fields = {
            "Question": side(question, "attributes", a, "ask"),
            "Answer": side(cell.answer, *at, "answer"),
            "Detail": table,
        }
        last = side
        if cell.reverse:
            back = desk.side(self, cell.reverse, name, cell.extra)
            fields["Reverse Question"] = back(cell.reverse, *at, "reverse")
            fields["Reverse Answer"] = back(name, "entities", entity)
            last = together(side, back)
        extras = [last(cell.extra, *at, "extra"), last(self.extra, "extra")]
        return Draft(
            note_type="basic",
            fields=fields,
            ords=(0, 1) if cell.reverse else (0,),
            key=f"/{attribute.id}/{entity}",
            extra="<br>".join(extra for extra in extras if extra),
            cite=cell.cite or self.cite,
        )

    def _grid(self, desk: Desk) -> dict[tuple[str, str], str]:
        """Return the HTML of every cell; in the table abbreviations stay short."""
        side = desk.terse(self, [])  # the cells' own cards report their problems
        return {
            (attribute.id, entity): side(cell.answer)
            for attribute in self.attributes
            for entity, cell in attribute.cells.items()
        }

    def _table(self, grid: dict[tuple[str, str], str], asked: str, entity: str) -> str:
        """Return the table with one cell marked; the longer list runs downwards, for phones."""
        rows = [(attribute.id, attribute.name) for attribute in self.attributes]
        columns = list(self.entities.items())
        flipped = len(columns) > len(rows)
        if flipped:
            rows, columns = columns, rows
        names, lines = dict(columns), []
        for row, row_name in rows:
            cells = []
            for column, _ in columns:
                place = (column, row) if flipped else (row, column)
                mark = ' class="asked" aria-current="true"' if place == (asked, entity) else ""
                # On a phone a wide table is a list, in which each value has its column's name.
                of = html.escape(names[column])
                cells.append(f'<td{mark} data-of="{of}"><span>{grid.get(place, "–")}</span></td>')
            lines.append(f'<tr><th scope="row">{_escape(row_name)}</th>{"".join(cells)}</tr>')
        head = "".join(f'<th scope="col">{_escape(name)}</th>' for _, name in columns)
        wide = " wide" if len(columns) > 2 else ""
        return (
            f'<div class="table{wide}"><table class="comparison">'
            f"<caption>{_escape(self.title)}</caption>"
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
        )

    def _check(self, desk: Desk) -> None:
        """Report what the shape alone cannot: unknown entities, repeats, ambiguous reverses."""
        ids: set[str] = set()
        for a, attribute in enumerate(self.attributes):
            side = desk.side(self)
            if attribute.id in ids:
                side.problem(
                    "NF020",
                    f"the attribute {attribute.id!r} again",
                    "an id of its own",
                    "",
                    "attributes",
                    a,
                    "id",
                )
            ids.add(attribute.id)
            if "{entity}" not in attribute.ask:
                side.problem(
                    "NF014", "no {entity}", "a question with {entity}", "", "attributes", a, "ask"
                )
            self._check_cells(side, a, attribute)

    def _check_cells(self, side: Side, a: int, attribute: Attribute) -> None:
        for entity, cell in attribute.cells.items():
            at = ("attributes", a, "cells", entity)
            if entity not in self.entities:
                side.problem("NF021", f"the entity {entity!r}", " | ".join(self.entities), "", *at)
            rivals = [
                self.entities[other]
                for other, rival in attribute.cells.items()
                if other != entity
                and other in self.entities
                and rival.answer.casefold() == cell.answer.casefold()
            ]
            if cell.reverse and rivals:
                side.problem(
                    "NF032",
                    f"{' and '.join(rivals)} with the same answer",
                    "a reverse question only where the answer is distinctive",
                    "",
                    *at,
                    "reverse",
                )


def _escape(text: str) -> str:
    return html.escape(text, quote=False)
