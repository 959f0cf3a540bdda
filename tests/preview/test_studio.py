"""What the preview shows after each look at the disk."""

from functools import partial
from pathlib import Path

import pytest

from nam_flash.build import Kept
from nam_flash.cli.preview import _read
from nam_flash.files import Shelf
from nam_flash.preview.studio import Studio
from tests.conftest import SVG, FactBase

FACTS = """\
- id: one
  kind: basic
  topic: first/alpha
  level: core
  cite: [smith2020]
  question: First?
  answer: CK
- id: two
  kind: cloze
  topic: second
  level: advanced
  cite: [who2021]
  text: A {{c1::hidden}} word.
  needs: [one]
"""
PAGES = ("index.html", "topics/first/alpha.html", "topics/second.html", "facts/one.html",
         "facts/two.html", "facts/three.html", "sources.html", "tags.html", "glossary.html",
         "search/0.js")  # fmt: skip


def studio(base: FactBase, module: Path | None = None) -> Studio:
    return Studio(partial(_read, base.cards, base.recipe, module, Shelf(), Kept()))


def shown(studio: Studio) -> dict[str, bytes | None]:
    return {name: studio.page(name) for name in PAGES}


#: Each follows the one before it: file, what is found, what takes its place.
EDITS = (
    ("cards/sources.yaml", "title: ", "title: New "),
    ("cards/facts.yaml", "First?", "First of all?"),
    ("cards/facts.yaml", "id: one", "id: three"),
    ("cards/facts.yaml", "needs: [one]", "needs: [three]"),
    ("cards/facts.yaml", "topic: second", "topic: first/alpha"),
    ("cards/facts.yaml", "cite: [smith2020]", "cite: [who2021]"),
    ("cards/facts.yaml", "answer: CK", "answer: '**CK'"),
    ("cards/facts.yaml", "answer: '**CK'", "answr: CK"),
    ("cards/facts.yaml", "answr: CK", "answer: CK"),
    ("cards/glossary.yaml", "creatine kinase", "creatine phosphokinase"),
    ("cards/taxonomy.yaml", "tag: Alpha", "tag: Aleph"),
    ("decks/test.yaml", "0.1.0", "0.2.0"),
)


def test_what_is_kept_changes_nothing(base: FactBase) -> None:
    """After each edit of a row of edits the pages are those of a preview that begins now."""
    base.write(FACTS)
    kept = studio(base)
    kept.look()
    for name, find, new in EDITS:
        path = base.folder / name
        text = path.read_text(encoding="utf-8")
        assert find in text, name
        before = shown(kept)
        path.write_text(text.replace(find, new, 1), encoding="utf-8")
        fresh = studio(base)
        assert [str(problem) for problem in kept.look()] == [str(p) for p in fresh.look()]
        assert shown(kept) == shown(fresh), find
        assert shown(kept) != before, find


def test_a_picture_that_changes_is_shown_anew(base: FactBase) -> None:
    base.picture("fibre")
    base.write(FACTS.replace("  answer: CK\n", "  answer: CK\n  figure: fibre\n"))
    kept = studio(base)
    assert kept.look() == ()
    before = kept.page("facts/one.html")
    (base.cards / "fibre.svg").write_text(SVG.format("<g/>"), encoding="utf-8")
    assert kept.look() == ()
    redrawn = kept.page("facts/one.html")
    assert redrawn != before
    figures = base.cards / "figures.yaml"
    figures.write_text(figures.read_text("utf-8").replace("title: T", "title: Other"), "utf-8")
    assert kept.look() == ()
    assert kept.page("facts/one.html") != redrawn


@pytest.mark.parametrize("name", ["cards/facts.yaml", "cards/taxonomy.yaml", "decks/test.yaml"])
def test_a_file_that_cannot_be_read_leaves_the_last_cards(base: FactBase, name: str) -> None:
    base.write(FACTS)
    kept = studio(base)
    assert kept.look() == ()
    path = base.folder / name
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "\n  - [", encoding="utf-8")
    assert [problem.code for problem in kept.look()] == ["NF001"]
    page = kept.page("facts/one.html") or b""
    assert b"First?" in page
    assert b"NF001" in page
    path.write_text(good, encoding="utf-8")
    assert kept.look() == ()
    assert b"NF001" not in (kept.page("facts/one.html") or b"")


def test_without_a_recipe_the_problem_is_all(base: FactBase) -> None:
    base.write(FACTS)
    base.recipe.write_text("name: [", encoding="utf-8")
    kept = studio(base)
    assert [problem.code for problem in kept.look()] == ["NF001"]
    assert b"NF001" in (kept.page("index.html") or b"")


def test_a_module_lies_over_the_base(base: FactBase, tmp_path: Path) -> None:
    base.write(FACTS)
    module = tmp_path / "course"
    module.mkdir()
    (module / "module.yaml").write_text(
        "namespace: my-course\ntitle: the course\ntag: Course\nextra: {one: Ours.}\nhide: [two]\n",
        encoding="utf-8",
    )
    own = FACTS.split("- id: two")[0].replace("id: one", "id: three").replace("First?", "Ours?")
    (module / "own.yaml").write_text(own, encoding="utf-8")
    kept = studio(base, module)
    for _ in range(2):
        assert kept.look() == ()
        assert b"Ours." in (kept.page("facts/one.html") or b"")
        assert b"Ours?" in (kept.page("facts/three.html") or b"")
        assert kept.page("facts/two.html") is None
