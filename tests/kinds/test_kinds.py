"""From each kind of fact, the cards that a learner should get."""

import html
import re
from decimal import Decimal

import pytest

from nam_flash.kinds import KINDS
from nam_flash.kinds.threshold import Quantity
from tests.conftest import FactBase

HEAD = "  topic: first/alpha\n  level: core\n  cite: [smith2020]\n"


def plain(markup: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", markup))


def test_the_table_of_kinds_is_that_of_the_design() -> None:
    assert list(KINDS) == ["basic", "cloze", "comparison", "threshold", "vignette", "occlusion"]


def test_basic_with_reverse_is_one_note_with_two_cards(base: FactBase) -> None:
    base.write(
        f"- id: target\n  kind: basic\n{HEAD}"
        "  question: Which enzyme?\n  answer: '**Reductase**'\n"
        "  reverse: {question: Which antibody?, answer: anti-X}\n  extra: Because.\n  as_of: 2022\n"
    )
    note = base.note("target")
    assert note.ords == (0, 1)
    assert note.fields[:6] == (
        "target", "Which enzyme?", "<strong>Reductase</strong>", "Which antibody?", "anti-X", "",
    )  # fmt: skip
    assert note.value("Extra") == "Because."
    assert "As of 2022" in note.value("Source")
    assert note.value("My Notes") == ""


def test_basic_without_reverse_is_one_card(base: FactBase) -> None:
    base.write(f"- id: target\n  kind: basic\n{HEAD}  question: Q?\n  answer: A\n")
    assert base.note("target").ords == (0,)


def test_cloze_has_a_card_a_number(base: FactBase) -> None:
    base.write(
        f"- id: biopsy\n  kind: cloze\n{HEAD}"
        "  text: Shows {{c1::**necrosis**}}, {{c2::few::how many?}} cells and {{c1::debris}} < 3.\n"
    )
    note = base.note("biopsy")
    assert note.ords == (0, 1)
    assert note.value("Text") == (
        "Shows {{c1::<strong>necrosis</strong>}}, {{c2::few::how many?}} cells and {{c1::debris}} &lt; 3."
    )  # fmt: skip


COMPARISON = f"""\
- id: subtypes
  kind: comparison
{HEAD}  title: Subtypes
  entities: {{srp: anti-SRP, hmgcr: anti-HMGCR, neg: seronegative}}
  attributes:
    - id: statin
      name: Statins
      ask: How is {{entity}} related to statins?
      cells:
        srp: unrelated
        hmgcr:
          answer: often exposed < 3
          reverse: Which subtype goes with statins?
          cite: [who2021]
          extra: Not in children.
        neg: {{answer: unclear, card: false}}
    - id: age
      name: Age
      ask: At what age does {{entity}} begin?
      cells: {{srp: any}}
  extra: Look at all three.
"""


def test_comparison_asks_each_cell_and_shows_the_table(base: FactBase) -> None:
    base.write(COMPARISON)
    notes = {note.key: note for note in base.build().deck.notes}
    assert list(notes) == ["subtypes/statin/srp", "subtypes/statin/hmgcr", "subtypes/age/srp"]
    note = notes["subtypes/statin/hmgcr"]
    assert plain(note.value("Question")) == "How is anti-HMGCR related to statins?"
    assert note.value("Answer") == "often exposed &lt; 3"
    assert note.value("Reverse Question") == "Which subtype goes with statins?"
    assert note.value("Reverse Answer") == "anti-HMGCR"
    assert note.ords == (0, 1)
    assert note.value("Extra") == "Not in children.<br>Look at all three."
    assert "Guidance on muscle" in note.value("Source")
    assert "A study of muscle" not in note.value("Source")
    assert notes["subtypes/age/srp"].ords == (0,)


def test_comparison_marks_the_asked_cell_alone(base: FactBase) -> None:
    base.write(COMPARISON)
    for note in base.build().deck.notes:
        asked = re.findall('<td class="asked"[^>]*><span>(.*?)</span></td>', note.value("Detail"))
        assert asked == [note.value("Answer")]


def test_a_cell_names_its_column_for_phones(base: FactBase) -> None:
    base.write(COMPARISON)
    table = base.build().deck.notes[0].value("Detail")
    assert re.findall('data-of="(.*?)"', table) == ["Statins", "Age"] * 3
    assert '<div class="table">' in table  # two columns fit a phone as they are


def test_a_comparison_of_three_columns_is_wide(base: FactBase) -> None:
    third = "    - {id: sex, name: Sex, ask: 'Who gets {entity}?', cells: {srp: women}}\n"
    base.write(COMPARISON.replace("  extra: Look", third + "  extra: Look"))
    assert '<div class="table wide">' in base.build().deck.notes[0].value("Detail")


def test_the_longer_side_of_a_comparison_runs_down(base: FactBase) -> None:
    base.write(COMPARISON)
    table = base.build().deck.notes[0].value("Detail")
    assert re.findall('<th scope="col">(.*?)</th>', table) == ["Statins", "Age"]
    assert re.findall('<th scope="row">(.*?)</th>', table) == [
        "anti-SRP",
        "anti-HMGCR",
        "seronegative",
    ]
    rows = re.findall("<tr><th.*?</tr>", table)
    assert [plain(row) for row in rows] == [
        "anti-SRPunrelatedany", "anti-HMGCRoften exposed < 3–", "seronegativeunclear–",
    ]  # fmt: skip


def test_threshold_asks_both_ways_and_does_the_arithmetic(base: FactBase) -> None:
    base.write(
        f"- id: ck\n  kind: threshold\n{HEAD}  analyte: CK\n  setting: Active disease\n"
        "  bound: '> 10 xULN'\n  uln: 200 U/L\n  meaning: muscle necrosis\n"
    )
    note = base.note("ck")
    assert note.ords == (0, 1)
    assert plain(note.value("Question")) == "Active disease: which CK marks muscle necrosis?"
    assert plain(note.value("Answer")) == "CK > 10 × ULN"
    assert plain(note.value("Reverse Question")) == "Active disease: what does CK > 10 × ULN mark?"
    assert note.value("Reverse Answer") == "muscle necrosis"
    assert plain(note.value("Detail")) == "10 × ULN = 2,000 U/L where the ULN is 200 U/L"


@pytest.mark.parametrize(
    ("bound", "printed", "uln", "step"),
    [
        ("> 10 xULN", "> 10 × ULN", "200 U/L", "10 × ULN = 2,000 U/L where the ULN is 200 U/L"),
        ("3-10 xULN", "3–10 × ULN", "195 U/L", "3–10 × ULN = 585–1,950 U/L where the ULN is 195 U/L"),
        (">= 10,000 U/L", "≥ 10,000 U/L", "200 U/L",
         "10,000 U/L = 50 × ULN where the ULN is 200 U/L"),
        ("> 1,000 U/L", "> 1,000 U/L", "190 U/L", "1,000 U/L ≈ 5.26 × ULN where the ULN is 190 U/L"),
        ("about 1.5 × ULN", "about 1.5 × ULN", "170 U/L",
         "1.5 × ULN = 255 U/L where the ULN is 170 U/L"),
        ("< 5 %", "< 5%", "", ""),
        ("30 to 40 mg/L", "30–40 mg/L", "", ""),
        ("up to 4488 U/L", "up to 4,488 U/L", "", ""),
    ],
)  # fmt: skip
def test_bounds(base: FactBase, bound: str, printed: str, uln: str, step: str) -> None:
    limit = f"  uln: {uln}\n" if uln else ""
    base.write(
        f"- id: ck\n  kind: threshold\n{HEAD}  analyte: X\n  setting: S\n"
        f"  bound: '{bound}'\n  meaning: m\n{limit}"
    )
    note = base.note("ck")
    assert plain(note.value("Answer")) == f"X {printed}"
    assert plain(note.value("Detail")) == step


def test_arithmetic_is_rounded_to_what_a_limit_can_carry() -> None:
    assert str(Quantity.parse("7.25 xULN").times(Decimal(187), "U/L").rounded()) == "1,360 U/L"
    assert str(Quantity.parse("100 U/L").times(1 / Decimal(190), "xULN").rounded()) == "0.526 × ULN"


VIGNETTE = f"""\
- id: case
  kind: vignette
{HEAD}  stem: A woman is weak.
  question: Which test next?
  answer: {{option: Muscle biopsy, why: It shows., cite: [who2021]}}
  distractors:
    - {{option: Watchful waiting, why: Too slow.}}
    - {{option: Antibody panel, why: Done., cite: [smith2020]}}
"""


def test_vignette_orders_options_and_explains_each(base: FactBase) -> None:
    base.write(VIGNETTE)
    note = base.note("case")
    assert note.ords == (0,)
    assert re.findall("<li>(.*?)</li>", note.value("Options")) == [
        "Antibody panel", "Muscle biopsy", "Watchful waiting",
    ]  # fmt: skip
    assert note.value("Answer") == "B. Muscle biopsy"
    assert plain(note.value("Explanations")) == (
        "Antibody panel Done.Muscle biopsy It shows.Watchful waiting Too slow."
    )
    assert note.value("Explanations").count('class="best"') == 1
    assert note.value("Source").count("<li>") == 2
    assert note.deck == "Test::90 Cases"


def test_options_that_are_numbers_are_ordered_by_size(base: FactBase) -> None:
    base.write(
        VIGNETTE.replace("Muscle biopsy", "'1,000 mg'").replace("Watchful waiting", "20 mg")
        .replace("Antibody panel", "100 mg")
    )  # fmt: skip
    options = base.note("case").value("Options")
    assert re.findall("<li>(.*?)</li>", options) == ["20 mg", "100 mg", "1,000 mg"]


def test_status_banners(base: FactBase) -> None:
    base.write(
        f"- id: old\n  kind: basic\n{HEAD}  question: Q?\n  answer: A\n"
        "  retired: {release: 0.2.0, why: It was *wrong*., see: [new]}\n"
        f"- id: new\n  kind: basic\n{HEAD}  question: Q2?\n  answer: A\n"
        "  changes:\n    - {release: 0.2.0, what: It said B., why: Misread., source: smith2020}\n"
        "    - {release: 0.3.0, what: It said C.}\n"
    )
    new, old = base.build().deck.notes
    assert plain(old.value("Status")).startswith("Retired in 0.2.0. It was wrong. See new.")
    assert "T::!Retired::0.2" in old.tags
    assert old.deck == "Test::99 Retired"
    assert plain(new.value("Status")) == (
        "Corrected in 0.3.0. It said C.Corrected in 0.2.0. It said B. Misread. doi:10.1000/muscle.1"
    )
    assert '<a href="https://doi.org/10.1000/muscle.1">' in new.value("Status")
