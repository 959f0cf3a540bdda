"""Labels of a drawing become Anki's own masked pictures, whose numbers outlive a new drawing."""

import re
from pathlib import Path
from typing import Any

import pytest

from nam_flash.lock import Lock
from nam_flash.problem import Problem
from nam_flash.rules import lint
from nam_flash.rules.study import Study
from nam_flash.verify import verify
from tests.conftest import DRAWING, NOW, FactBase, pack
from tests.test_updates import Learner
from tests.test_verify import damaged

FACT = """\
- id: fibre
  kind: occlusion
  topic: first/alpha
  level: core
  figure: drawing
  question: Which part of the fibre is hidden?
  mode: hide-one
  labels:
    - {element: label-nucleus, number: 2, answer: nucleus, cite: [who2021]}
    - {element: label-membrane, number: 1, answer: '**membrane** < ring', extra: Only here.}
  extra: On all cards.
  cite: [smith2020]
"""
MASK = re.compile(
    r"\{\{c(\d+)::image-occlusion:rect:left=([\d.]+):top=([\d.]+):width=([\d.]+):height=([\d.]+)"
    r"(:oi=1)?\}\}"
)


@pytest.fixture
def fibre(base: FactBase) -> FactBase:
    return base.drawing().write(FACT)


def learn(package: bytes, folder: Path) -> Learner:
    learner = Learner(folder / "collection.anki2")
    assert learner.take(package) == (1, 0)
    return learner


def test_a_fact_is_one_note_with_a_card_a_label(fibre: FactBase) -> None:
    note = fibre.note("fibre")
    assert note.ords == (0, 1)
    assert note.value("Header") == "Which part of the fibre is hidden?"
    assert note.value("Answers") == "{{c1::<strong>membrane</strong> &lt; ring}}{{c2::nucleus}}"
    assert note.value("Detail") == "{{c1::Only here.}}"
    assert note.value("Image") == f'<img src="{note.media[0]}" alt="T">'
    assert note.value("Extra").startswith("On all cards.<figure><figcaption>")
    assert note.value("Source").count("<li>") == 2


def test_a_mask_covers_its_element_with_a_margin(fibre: FactBase) -> None:
    masks = MASK.findall(fibre.note("fibre").value("Occlusion"))
    assert [mask[0] for mask in masks] == ["1", "2"]
    left, top, width, height = (float(number) for number in masks[0][1:5])
    assert left * 400 == pytest.approx(288 - 3, abs=0.05)
    assert top * 240 == pytest.approx(95 - 14 * 1.1 - 3, abs=0.05)
    assert height * 240 == pytest.approx(14 * 1.41 + 6, abs=0.05)
    assert (left + width) * 400 < 400


@pytest.mark.parametrize(("mode", "mark"), [("hide-one", ""), ("hide-all", ":oi=1")])
def test_the_mode_says_whether_the_others_are_hidden(fibre: FactBase, mode: str, mark: str) -> None:
    note = fibre.write(FACT.replace("hide-one", mode)).note("fibre")
    assert {mask[5] for mask in MASK.findall(note.value("Occlusion"))} == {mark}


def test_elements_can_be_hidden_together(fibre: FactBase) -> None:
    together = FACT.replace("number: 2,", "number: 2, also: [nucleus],")
    note = fibre.write(together).note("fibre")
    assert note.ords == (0, 1)
    assert [mask[0] for mask in MASK.findall(note.value("Occlusion"))] == ["1", "2", "2"]


def test_a_mask_ends_with_the_drawing(fibre: FactBase) -> None:
    wide = DRAWING.replace('x="288" y="95"', 'x="340" y="95"')
    masks = MASK.findall(fibre.drawing(wide).note("fibre").value("Occlusion"))
    assert float(masks[0][1]) + float(masks[0][3]) == pytest.approx(1, abs=0.0001)


@pytest.mark.parametrize(
    ("old", "new", "key", "found"),
    [
        ("element: label-nucleus", "element: label-nuclus", "element", "'label-nuclus'"),
        ("element: label-nucleus", "element: t", "element", "'t', which shows nothing"),
        ("number: 2", "number: 1", "number", "the number 1 again"),
        ("number: 2", "number: 0", "number", "0"),
        ("number: 2", "number: 101", "number", "101"),
        ("number: 2", "number: 3", "", "no label with the number 2"),
        ("answer: nucleus", "answer: 'a::b'", "answer", "'::'"),
        ("answer: nucleus", "answer: '{{a'", "answer", "'{{'"),
        ("element: label-nucleus", "element: label-membrane", "element",
         "'label-membrane' under the mask of 'label-membrane'"),
        ("answer: nucleus", "answer: membrane", "answer",
         "'membrane', which can be read elsewhere in the drawing"),
    ],
)  # fmt: skip
def test_mistakes_are_found_at_their_place(
    fibre: FactBase, old: str, new: str, key: str, found: str
) -> None:
    text = FACT.replace(old, new, 1)
    problems = [p for p in fibre.write(text).problems() if p.code == "NF033"]
    assert found in {problem.found for problem in problems}
    (problem,) = (problem for problem in problems if problem.found == found)
    line = text.splitlines()[problem.where.line - 1]
    place = line[problem.where.column - 1 :]
    assert place.startswith(new.partition(": ")[2] if key in ("element", "number") else "")
    if key == "answer":
        assert place.startswith(new.removeprefix("answer: "))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (
            'x="288" y="175"',
            'x="450" y="175"',
            "'label-nucleus', which lies outside of the drawing",
        ),
        ('x="288" y="175"', 'x="288" y="97"', "'label-membrane' under the mask of 'label-nucleus'"),
        ('width="400" height="240" viewBox', "viewBox", "no width no height"),
    ],
)
def test_a_drawing_that_does_not_fit_is_found(
    fibre: FactBase, old: str, new: str, found: str
) -> None:
    problems = fibre.drawing(DRAWING.replace(old, new, 1)).problems()
    assert [problem.code for problem in problems] == ["NF033"]
    assert problems[0].found.startswith(found)
    assert problems[0].where.path.endswith(".svg" if "height" in found else ".yaml")


def test_a_photograph_has_no_elements(fibre: FactBase) -> None:
    (fibre.cards / "drawing.svg").rename(fibre.cards / "drawing.png")
    figures = fibre.cards / "figures.yaml"
    figures.write_text(figures.read_text().replace("drawing.svg", "drawing.png"))
    (problem,) = fibre.problems()
    assert (problem.code, problem.expected) == ("NF033", "an SVG, which has elements")


def test_renumbered_answers_are_refused(fibre: FactBase) -> None:
    fibre.build()
    swapped = FACT.replace("number: 2", "number: 9").replace("number: 1", "number: 2")
    assert fibre.write(swapped.replace("number: 9", "number: 1")).codes() == ["NF040"]
    one = "".join(line for line in FACT.splitlines(True) if "nucleus" not in line)
    assert fibre.write(one).codes() == ["NF040"]


def test_rules_read_labels(fibre: FactBase) -> None:
    library, _ = fibre.write(FACT.replace("Only here.", "It was 12 % (2020).")).load()
    study = Study(library, Lock(), NOW)
    (fact,) = library.facts
    texts = dict(study.texts(fact))
    assert texts["labels", 0, "answer"] == "nucleus"
    assert texts["labels", 1, "answer"] == "membrane < ring"
    assert texts["labels", 1, "extra"] == "It was 12 % (2020)."
    assert [prompt.form for prompt in study.prompts] == ["picture", "picture"]

    def codes(problems: list[Problem]) -> set[str]:
        return {problem.code for problem in problems}

    # One question for all labels is no repeated prompt; the same label asked twice is.
    assert "NF111" not in codes(lint(study))
    library, _ = fibre.write(FACT + FACT.replace("id: fibre", "id: again")).load()
    assert "NF111" in codes(lint(Study(library, Lock(), NOW)))


def test_anki_reads_every_mask_back(fibre: FactBase, tmp_path: Path) -> None:
    package = pack(fibre.build().deck)
    learner = learn(package, tmp_path)
    note = learner.note("fibre")
    read = learner.col.get_image_occlusion_note(note.id).note
    written = MASK.findall(note["Occlusion"])
    assert read.header == note["Header"]
    assert read.image_data == DRAWING.encode()
    assert not read.occlude_inactive
    shapes = {
        occlusion.ordinal: {p.name: p.value for p in occlusion.shapes[0].properties}
        for occlusion in read.occlusions
    }
    assert shapes == {
        int(number): {"left": left, "top": top, "width": width, "height": height}
        for number, left, top, width, height, _ in written
    }
    learner.col.close()
    report = verify(package, "test.apkg")
    assert report.ok, report
    assert next(check.checked for check in report.checks if check.name == "occlusion") == 2


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        ("UPDATE notes SET flds = replace(flds, 'left=.', 'left=1.')",
         "nam-flash:fibre mask of c1: not inside of the picture"),
        ("UPDATE notes SET flds = replace(flds, 'image-occlusion:', 'occlusion:')",
         "nam-flash:fibre: no mask"),
        ("UPDATE notes SET flds = replace(flds, '<img src=', '<img alt=')",
         "nam-flash:fibre: Anki finds no picture of the package under the masks"),
        ("UPDATE col SET models = replace(models, '\"tag\": 0', '\"tag\": 7')",
         "nam-flash:fibre: no mask"),
    ],
)  # fmt: skip
def test_verify_finds_masks_that_anki_cannot_use(fibre: FactBase, sql: str, fault: str) -> None:
    report = verify(damaged(pack(fibre.build().deck), sql), "test.apkg")
    (check,) = (check for check in report.checks if check.name == "occlusion")
    assert any(fault.partition(":")[2] in failure for failure in check.failures), check


def test_the_note_type_is_what_anki_itself_makes(fibre: FactBase, tmp_path: Path) -> None:
    learner = learn(pack(fibre.build().deck), tmp_path)
    learner.col.add_image_occlusion_notetype()  # where it is missing
    kinds = [m for m in learner.col.models.all() if m.get("originalStockKind") == 6]
    ours, stock = sorted(kinds, key=lambda model: model["name"] == "Image Occlusion")
    assert ours["name"] == "nam-flash Image Occlusion"
    assert (ours["type"], ours["sortf"]) == (stock["type"], stock["sortf"])
    ours_, theirs = (
        {f["tag"]: f["preventDeletion"] for f in model["flds"] if f.get("tag") is not None}
        for model in (ours, stock)
    )
    assert ours_ == theirs
    learner.col.close()


def test_the_answer_stands_in_words_on_the_back_alone(fibre: FactBase, tmp_path: Path) -> None:
    learner = learn(pack(fibre.build().deck), tmp_path)
    first, second = (card.render_output() for card in learner.note("fibre").cards())
    assert "<strong>membrane</strong> &lt; ring" in first.answer_text
    assert "nucleus" not in first.answer_text
    assert '<div class="nf-detail">Only here.</div>' in first.answer_text
    assert "nucleus" in second.answer_text
    assert '<div class="nf-detail"></div>' in second.answer_text
    for side in (first.question_text, second.question_text):
        assert "membrane" not in side
        assert "nucleus" not in side
    learner.col.close()


def test_a_moved_drawing_keeps_cards_and_schedule(fibre: FactBase, tmp_path: Path) -> None:
    built = fibre.build()
    learner = learn(pack(built.deck), tmp_path)
    card = learner.note("fibre").cards()[1]
    learner.col.sched.set_due_date([card.id], "30")
    learner.col.set_user_flag_for_cards(3, [card.id])
    before: dict[str, Any] = learner.state()
    masks = learner.note("fibre")["Occlusion"]
    moved = fibre.drawing(DRAWING.replace('y="175"', 'y="205"')).build(NOW + 60)
    assert moved.lock.notes["fibre"].id == built.lock.notes["fibre"].id
    assert learner.take(pack(moved.deck)) == (0, 1)
    after = learner.state()
    assert after["cards"] == before["cards"]
    assert after["types"] == before["types"]
    note = learner.note("fibre")
    assert note["Occlusion"].split("<br>")[0] == masks.split("<br>")[0]
    assert note["Occlusion"] != masks
    read = learner.col.get_image_occlusion_note(note.id).note
    assert b'y="205"' in read.image_data
    learner.col.close()
