"""Our renderer of templates is Anki's."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from nam_flash.build import build
from nam_flash.deck import CardTemplate, Deck
from nam_flash.load import load
from nam_flash.lock import parse_lock
from nam_flash.recipe import read_recipe
from nam_flash.site.render import Sides, render
from tests.conftest import NOW, FactBase, pack

ROOT = Path(__file__).parents[2]


def anki_sides(deck: Deck, folder: Path) -> Iterator[tuple[int, Sides]]:
    """Import a deck into the real Anki, and yield the id and the sides of every card."""
    path = folder / "deck.apkg"
    path.write_bytes(pack(deck))
    with closing(Collection(str(folder / "collection.anki2"))) as collection:
        options = ImportAnkiPackageOptions()
        collection.import_anki_package(
            ImportAnkiPackageRequest(package_path=str(path), options=options)
        )
        for id_ in collection.find_cards(""):
            output = collection.get_card(id_).render_output()
            yield id_, Sides(output.question_text, output.answer_text)


def ours(deck: Deck) -> dict[int, Sides]:
    return {card.id: render(card.note, card.ord) for card in deck.cards()}


def test_every_shipped_card_is_what_anki_shows(tmp_path: Path) -> None:
    """Byte for byte: nothing is normalised."""
    path = ROOT / "decks" / "nam.yaml"
    recipe = read_recipe(path, [])
    assert recipe is not None
    lock, _ = parse_lock("", path.with_suffix(".lock").read_text(encoding="utf-8"))
    library, _ = load(ROOT / "cards")
    deck = build(library, recipe, lock, path, max(e.mod for e in lock.notes.values()))[0].deck
    made = ours(deck)
    assert len(made) > 800
    assert dict(anki_sides(deck, tmp_path)) == made


#: Every character of Latin-1 that a line can hold, and some beyond it.
SIGNS = "".join(map(chr, (*range(32, 127), *range(161, 256)))).replace("\\", "") + "–…ñЖ筋😀"
HOSTILE = """\
- id: cloze
  kind: cloze
  topic: second
  level: core
  cite: [who2021]
  text: 'A **{{c1::%s::hint < 1 & more}}**, {{c2::x}}, then {{c1::again}} and }'
- id: basic
  kind: basic
  topic: second
  level: core
  cite: [who2021]
  question: "{{Answer}} {{#Extra}} {{FrontSide}} $& <script>?"
  answer: "{{c1::no cloze}} &lt; <br> {{/Question}}"
  reverse: {question: "{{^Status}}", answer: "b"}
"""


def test_signs_that_mean_something_to_templates_are_text(base: FactBase, tmp_path: Path) -> None:
    """The author's mistakes among them are reported, but what is shown stays the same."""
    base.write(HOSTILE % SIGNS.replace("'", "''").replace("}", "").replace("::", ""))
    deck = base._build(NOW)[0].deck
    made = ours(deck)
    assert len(made) == 4
    for id_, shown in anki_sides(deck, tmp_path):
        assert made[id_] == shown


#: Masks over a picture as our facts have them, beside a cloze of words.
MASKS = (
    "{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.4:oi=1}}<br>"
    "{{c2::image-occlusion:rect:left=0:top=.25:width=.5:height=1}}{{c1::x::a hint}}{{c1::y}}"
)


def test_masks_and_bare_clozes(base: FactBase, tmp_path: Path) -> None:
    base.write(HOSTILE % "x")
    deck = base._build(NOW)[0].deck
    (note,) = (note for note in deck.notes if note.key == "cloze")
    both = "{{cloze-only:Text}} {{cloze:Text}}"
    template = CardTemplate("Card", 1, both, both)
    note_type = replace(note.note_type, id=1, templates=(template,))
    fields = (note.fields[0], MASKS, *note.fields[2:])
    deck = replace(deck, note_types=(note_type,), notes=(
        replace(note, note_type=note_type, fields=fields, ords=(0, 1)),
    ))  # fmt: skip
    assert dict(anki_sides(deck, tmp_path)) == ours(deck)


@pytest.mark.parametrize(
    "template",
    ["{{text:Answer}}", "{{#Answer}}", "{{/Answer}}", "{{#Answer}}{{/Question}}", "{{No Such}}"],
)
def test_what_it_does_not_know_is_an_error(base: FactBase, template: str) -> None:
    base.write(HOSTILE % "x")
    note = next(n for n in base._build(NOW)[0].deck.notes if n.key == "basic")
    templates = (CardTemplate("Card", 1, template, ""), *note.note_type.templates[1:])
    with pytest.raises((ValueError, KeyError)):
        render(replace(note, note_type=replace(note.note_type, templates=templates)), 0)
