"""Each figure drawn from the shipped facts: right, traceable, readable, the same every time."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from math import log10
from pathlib import Path

import pytest

from nam_flash.figures import FIGURES, Drawn, drawn
from nam_flash.figures.ck_ladder import _RUNGS
from nam_flash.figures.sheet import INK, MARGIN, PAPER, WIDTH, width_of
from nam_flash.kinds.comparison import Comparison
from nam_flash.kinds.threshold import Quantity, Threshold
from nam_flash.load import Library, load

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
LIBRARY = load(ROOT / "cards")[0]
BY_ID = {fact.id: fact for fact in LIBRARY.facts}
DRAWN = {id_: drawn(id_, LIBRARY) for id_ in FIGURES}

each = pytest.mark.parametrize("figure", DRAWN.values(), ids=DRAWN.keys())


def tree(figure: Drawn) -> ET.Element:
    return ET.fromstring(figure.svg)


def groups(figure: Drawn) -> dict[str, ET.Element]:
    return {e.get("id", ""): e for e in tree(figure).iter(f"{SVG}g")}


def changed(id_: str, **values: object) -> Library:
    """The shipped library with one fact changed."""
    facts = tuple(replace(f, **values) if f.id == id_ else f for f in LIBRARY.facts)  # type: ignore[arg-type]
    return replace(LIBRARY, facts=facts)


@each
def test_the_facts_still_say_what_the_figure_needs(figure: Drawn) -> None:
    assert [str(problem) for problem in figure.problems] == []


@each
def test_every_part_names_facts_that_are_taught(figure: Drawn) -> None:
    parts = {i: g for i, g in groups(figure).items() if not i.startswith("label-")}
    assert len(parts) >= 7
    named = set()
    for id_, group in parts.items():
        facts = group.get("data-facts", "").split()
        assert facts, f"{id_} names no fact"
        assert all(fact in BY_ID and BY_ID[fact].retired is None for fact in facts), id_
        named.update(facts)
    assert named == set(figure.facts)


@each
def test_it_cites_sources_of_its_facts_and_of_each_fact_one(figure: Drawn) -> None:
    sources = {f: {c.id for _, c in BY_ID[f].citations()} for f in figure.facts}
    assert set(figure.cite) <= set().union(*sources.values())
    assert all(cited & set(figure.cite) for cited in sources.values())


@each
def test_it_keeps_to_the_visual_language(figure: Drawn) -> None:
    root = tree(figure)
    assert len(figure.svg) < 40_000
    assert root.get("viewBox", "").startswith(f"0 0 {WIDTH} ")
    assert root[2].get("fill") == PAPER
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "g", "rect", "circle", "polygon", "polyline", "text",
        }  # fmt: skip
        assert not {"style", "class", "href", "filter", "transform"} & set(element.attrib)
        for name, value in element.attrib.items():
            if name not in {"data-facts", "id", "font-family"}:
                assert not re.search(r"\d\.\d\d", value), (name, value)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", id_ or "") for id_ in ids)


@each
def test_every_line_of_text_is_readable_and_on_the_paper(figure: Drawn) -> None:
    root = tree(figure)
    height = float(root.get("viewBox", "").split()[3])
    for element in root.iter(f"{SVG}text"):
        text, size = element.text or "", float(element.get("font-size", 0))
        assert size >= 13, text
        assert text.strip(), "an empty line"
        wide = width_of(text, size, element.get("font-weight") == "700")
        x = float(element.get("x", 0))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[
            element.get("text-anchor", "start")
        ]
        assert left >= MARGIN / 2, text
        assert left + wide <= WIDTH - MARGIN / 2, text
        assert 0 < float(element.get("y", 0)) < height
        assert contrast(element.get("fill", INK), "#f4f2ec") >= 4.5, text


@each
def test_no_text_runs_out_of_its_box(figure: Drawn) -> None:
    """A text that begins in a box of its part ends in it."""
    for group in groups(figure).values():
        boxes = [
            [float(rect.get(key, 0)) for key in ("x", "y", "width", "height")]
            for rect in group.findall(f"{SVG}rect")
            if rect.get("stroke")
        ]
        for element in group.iter(f"{SVG}text"):
            x, y = float(element.get("x", 0)), float(element.get("y", 0))
            text, size = element.text or "", float(element.get("font-size", 0))
            wide = width_of(text, size, element.get("font-weight") == "700")
            left = x - wide / 2 if element.get("text-anchor") == "middle" else x
            for bx, by, bw, bh in boxes:
                if bx <= x <= bx + bw and by <= y <= by + bh:
                    assert left >= bx, text
                    assert left + wide <= bx + bw, text
                    assert y + 4 <= by + bh, text


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "from pathlib import Path; from hashlib import sha256; from nam_flash.load import load; "
        "from nam_flash.figures import FIGURES, drawn; library = load(Path('cards'))[0]; "
        "print(sha256(''.join(drawn(i, library).svg for i in FIGURES).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(seen) == 1


# The picture follows the facts


def test_every_ck_threshold_is_a_rung_at_its_place() -> None:
    rungs = {
        fact.id: Quantity.parse(fact.bound)
        for fact in LIBRARY.facts
        if isinstance(fact, Threshold) and fact.analyte == "CK" and not fact.retired
    }
    assert set(_RUNGS) == set(rungs)
    at = groups(DRAWN["ck-ladder"])
    levels, places = [], []
    for id_, bound in rungs.items():
        levels.append(bound.low * 200 if bound.in_uln else bound.low)
        mark = at[id_].findall(f"{SVG}polyline")[-1].get("points", "")
        places.append(float(mark.split(",")[0]))
        assert str(bound) in {text.text for text in at[id_].iter(f"{SVG}text")}
    pairs = sorted(zip(levels, places, strict=True))
    assert pairs == sorted(pairs, key=lambda pair: pair[1])
    # On a log scale, ten times more is always the same way further.
    by = {float(level): place for level, place in pairs}
    assert by[8000] - by[800] == pytest.approx((by[5000] - by[1000]) / log10(5), abs=0.3)


def test_a_changed_bound_moves_its_rung() -> None:
    moved = drawn("ck-ladder", changed("ck-biopsy-efns", bound=">= 7 xULN"))
    assert moved.problems == ()
    assert "≥ 7 × ULN" in moved.svg
    assert "≥ 3 × ULN" not in moved.svg


def test_a_new_threshold_becomes_a_rung_by_itself() -> None:
    old = BY_ID["ck-biopsy-efns"]
    assert isinstance(old, Threshold)
    new = replace(old, id="ck-new", bound="> 77 xULN", meaning="something new")
    figure = drawn("ck-ladder", replace(LIBRARY, facts=(*LIBRARY.facts, new)))
    assert figure.problems == ()
    assert "something new" in figure.svg
    assert "ck-new" in figure.facts


def test_a_changed_cell_changes_the_picture_and_its_description() -> None:
    table = BY_ID["imacs-imnm-factors"]
    assert isinstance(table, Comparison)
    (row,) = table.attributes
    cells = {**row.cells, "srp": replace(row.cells["srp"], answer="high")}
    library = changed(table.id, attributes=(replace(row, cells=cells),))
    figure = drawn("cancer-screening", library)
    assert "high: anti-SRP" in figure.alt
    assert figure.svg != DRAWN["cancer-screening"].svg


@pytest.mark.parametrize(
    ("figure", "id_", "values", "code"),
    [
        ("timeline", "hmgcr-100-kda-band", {"answer": "another protein"}, "NF014"),
        ("timeline", "srp-historical-label", {"question": "Which label was it?"}, "NF014"),
        ("ck-ladder", "ck-imnm-medians", {"answer": "thousands"}, "NF014"),
        ("diagnostic-algorithm", "algorithm-thyroid-test", {"answer": ""}, "NF021"),
        ("statin-spectrum", "rhabdo-tempo-beats-ck", {"answer": "Pain"}, "NF014"),
    ],
)
def test_a_fact_that_no_longer_fits_is_reported_at_its_place(
    figure: str, id_: str, values: dict[str, object], code: str
) -> None:
    problems = drawn(figure, changed(id_, **values)).problems
    assert {problem.code for problem in problems} == {code}
    for problem in problems:
        assert problem.where.path.endswith(".yaml")
        assert problem.where.line > 0


@each
def test_every_fact_is_needed(figure: Drawn) -> None:
    """Without any of its facts, a figure is not drawn as before in silence."""
    for id_ in figure.facts:
        facts = tuple(fact for fact in LIBRARY.facts if fact.id != id_)
        without = drawn(figure.id, replace(LIBRARY, facts=facts))
        assert without.problems or without.svg != figure.svg, id_
