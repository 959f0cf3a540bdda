"""Whatever a learner owns, its loss is seen."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from nam_flash.backend import Collection, database
from nam_flash.edition import Edition, read
from nam_flash.rehearse.changes import Changes
from nam_flash.rehearse.channels import as_package, deliver
from nam_flash.rehearse.estate import BELONGINGS, doubles, estate, losses
from nam_flash.rehearse.learners import LEARNERS, Life, study
from tests.conftest import pack
from tests.rehearse.releases import Releases


def sql(statement: str) -> Callable[[Life], object]:
    return lambda life: database(life.collection).execute(statement)


def forget_style(life: Life) -> None:
    (model, *_) = life.note_types()
    model["css"] = "plain"
    life.collection.models.update_dict(model)


def forget_template(life: Life) -> None:
    (model, *_) = life.note_types()
    model["tmpls"][-1]["afmt"] += "other"
    life.collection.models.update_dict(model)


def forget_preset(life: Life) -> None:
    life.collection.decks.remove_config(life.collection.decks.all_config()[-1]["id"])


def rename_back(life: Life) -> None:
    deck = life.collection.decks.by_name("My muscles")
    assert deck is not None
    life.collection.decks.rename(deck, "Test")


def forget_media(life: Life) -> None:
    Path(life.collection.media.dir(), "gowers.svg").unlink()


ONE = "nid = (SELECT id FROM notes WHERE guid = 'test:still')"
NOTE = "UPDATE notes SET {} WHERE guid = 'test:still'"


DAMAGES: list[tuple[str, Callable[[Life], object], set[str]]] = [
    ("reviewer", sql(f"UPDATE cards SET due = due + 1 WHERE {ONE}"), {"schedule"}),
    ("reviewer", sql(f"UPDATE cards SET ivl = 0 WHERE {ONE}"), {"schedule"}),
    ("reviewer", sql(f"UPDATE cards SET data = '' WHERE {ONE}"), {"schedule"}),
    ("reviewer", sql(f"UPDATE revlog SET ease = 5 WHERE cid IN (SELECT id FROM cards WHERE {ONE})"), {"log"}),
    ("reviewer", sql("DELETE FROM revlog"), {"log"}),
    ("suspender", sql(f"UPDATE cards SET queue = 2 WHERE {ONE}"), {"suspension", "schedule"}),
    ("suspender", sql(f"UPDATE cards SET flags = 0 WHERE {ONE}"), {"flag"}),
    ("mover", sql(f"UPDATE cards SET did = 1 WHERE {ONE}"), {"deck"}),
    ("mover", forget_preset, {"options"}),
    ("mover", rename_back, {"deck name"}),
    ("tagger", sql(NOTE.format("tags = ' T::First leech '")), {"tag", "untouched"}),
    ("note taker", sql(NOTE.format(r"flds = replace(flds, 'remember', '')")), {"my notes", "untouched"}),
    ("editor", sql(NOTE.format("flds = replace(flds, '(my words)', '')")), {"edit", "untouched"}),
    ("field adder", sql(NOTE.format("flds = replace(flds, 'of my own', '')")), {"own field", "untouched"}),
    ("template adder", forget_template, {"own template"}),
    ("stylist", forget_style, {"own style"}),
    ("collector", sql("UPDATE notes SET tags = '' WHERE tags = ' neuro '"), {"own note"}),
    ("collector", forget_media, {"media"}),
    ("deleter", sql("DELETE FROM graves"), {"deletion"}),
    ("beginner", sql(NOTE.format("mod = mod + 1")), {"untouched"}),
    ("beginner", sql("DELETE FROM notes WHERE guid = 'test:still'"), {"note", "untouched", "schedule", "deck"}),
    ("beginner", sql("UPDATE notes SET flds = 'still' || substr(flds, 6) WHERE guid = 'test:quiet'"), {"untouched", "single"}),
    ("beginner", lambda life: None, set()),
]  # fmt: skip


@pytest.mark.parametrize(("who", "damage", "what"), DAMAGES)
def test_a_loss_is_seen(
    decks: Releases, tmp_path: Path, who: str, damage: Callable[[Life], object], what: set[str]
) -> None:
    package, after = pack(decks.old), read(pack(decks.new))
    old = read(package)
    assert isinstance(old, Edition)
    assert isinstance(after, Edition)
    with closing(Collection(str(tmp_path / "collection.anki2"))) as collection:
        deliver(collection, as_package(package, tmp_path / "had"))
        life = Life(collection, old, after, Changes({}))
        if LEARNERS[who].studied:
            study(life)
        LEARNERS[who].live(life)
        before = estate(collection, old)
        assert doubles(collection) == []
        damage(life)
        lost = losses(before, estate(collection, old), Changes({})) + doubles(collection)
    assert {loss.what for loss in lost} == what


def test_every_belonging_is_among_the_losses_above() -> None:
    assert set().union(*(what for _, _, what in DAMAGES)) == BELONGINGS.keys()
