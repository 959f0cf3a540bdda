"""The promises on updates, in the real Anki backend: nothing is lost, every fix arrives."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportAnkiPackageOptions

from nam_flash.notetypes import BASIC
from nam_flash.recipe import Selection, select
from tests.conftest import NOW, FactBase, pack

FACTS = """\
- {id: one, kind: basic, topic: first, level: core, cite: [smith2020], question: One?, answer: A}
- {id: two, kind: basic, topic: first, level: advanced, cite: [smith2020], question: Two?, answer: B}
"""
THREE = "- {id: three, kind: basic, topic: second, level: core, cite: [smith2020], question: 3?, answer: C}\n"


class Learner:
    """A learner's collection and what happens to it."""

    def __init__(self, path: Path) -> None:
        self.col = Collection(str(path))
        self.path = path.parent

    def take(self, package: bytes) -> tuple[int, int]:
        """Import as Anki does by default; return how many notes were new and updated."""
        file = self.path / "given.apkg"
        file.write_bytes(package)
        options = ImportAnkiPackageOptions()  # merge off, update if newer, no scheduling
        request = ImportAnkiPackageRequest(package_path=str(file), options=options)
        log = self.col.import_anki_package(request).log
        return len(log.new), len(log.updated)

    def note(self, key: str) -> Any:
        (id_,) = self.col.find_notes(f'"ID:{key}"')
        return self.col.get_note(id_)

    def state(self) -> dict[str, list[Any]]:
        database = self.col.db
        assert database is not None
        return {
            "notes": database.all("SELECT id, guid, mod, tags, flds FROM notes ORDER BY id"),
            "cards": database.all(
                "SELECT id, nid, did, ord, mod, due, queue FROM cards ORDER BY id"
            ),
            "types": database.all("SELECT id, name, mtime_secs FROM notetypes ORDER BY id"),
        }


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    (tmp_path / "anki").mkdir()
    learner = Learner(tmp_path / "anki" / "collection.anki2")
    yield learner
    learner.col.close()


def test_importing_again_changes_nothing(base: FactBase, learner: Learner) -> None:
    package = pack(base.write(FACTS).build().deck)
    assert learner.take(package) == (2, 0)
    before = learner.state()
    assert learner.take(package) == (0, 0)
    assert learner.state() == before


def test_a_rebuild_later_updates_nothing(base: FactBase, learner: Learner) -> None:
    base.write(FACTS)
    learner.take(pack(base.build().deck))
    assert learner.take(pack(base.build(NOW + 10_000_000).deck)) == (0, 0)


def test_a_fix_arrives_and_the_rest_stays(base: FactBase, learner: Learner) -> None:
    learner.take(pack(base.write(FACTS).build().deck))
    mine = learner.note("two")
    mine["My Notes"], mine["Answer"] = "remember", "my own words"
    mine.tags.append("mine")
    learner.col.update_note(mine)
    card = learner.note("one").cards()[0]
    learner.col.sched.suspend_cards([card.id])
    before = learner.state()
    base.write(FACTS.replace("answer: A", "answer: a fix"))
    assert learner.take(pack(base.build(NOW + 60).deck)) == (0, 1)
    assert learner.note("one")["Answer"] == "a fix"
    assert learner.note("two")["My Notes"] == "remember"
    after = learner.state()
    assert after["cards"] == before["cards"]
    assert after["notes"][1] == before["notes"][1]


def test_new_cards_arrive_beside_the_old(base: FactBase, learner: Learner) -> None:
    learner.take(pack(base.write(FACTS).build().deck))
    assert learner.take(pack(base.write(FACTS + THREE).build(NOW + 60).deck)) == (1, 0)
    assert learner.col.note_count() == 3


def test_slices_and_the_whole_make_no_duplicates(base: FactBase, learner: Learner) -> None:
    whole = base.write(FACTS).build().deck
    core = select(whole, Selection(level=("core",)), "core")
    assert learner.take(pack(core)) == (1, 0)
    assert learner.take(pack(whole)) == (1, 0)
    assert learner.take(pack(core)) == (0, 0)
    assert learner.col.card_count() == 2


def test_a_learners_own_css_survives(base: FactBase, learner: Learner) -> None:
    learner.take(pack(base.write(FACTS).build().deck))
    own = learner.col.models.by_name(BASIC.name)
    assert own is not None
    own["css"] += "\n.card { font-size: 30px }"
    learner.col.models.update_dict(own)
    learner.take(pack(base.write(FACTS + THREE).build(NOW + 60).deck))
    now = learner.col.models.by_name(BASIC.name)
    assert now is not None
    assert now["css"].endswith("font-size: 30px }")
    assert [t["name"] for t in learner.col.models.all() if t["name"].startswith(BASIC.name)] == [
        BASIC.name
    ]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda facts: facts.replace("answer: A", "answer: A, retired: {release: 0.2.0, why: Wrong.}"),
         "Retired in 0.2.0"),
        (lambda facts: facts.replace("answer: A", "answer: A, changes: [{release: 0.2.0, what: B.}]"),
         "Corrected in 0.2.0"),
    ],
)  # fmt: skip
def test_a_retired_or_corrected_note_says_so(
    base: FactBase, learner: Learner, change: Callable[[str], str], text: str
) -> None:
    learner.take(pack(base.write(FACTS).build().deck))
    base.write(change(FACTS))
    assert learner.take(pack(base.build(NOW + 60).deck)) == (0, 1)
    rendered = learner.note("one").cards()[0].render_output()
    assert text in rendered.question_text
    assert text in rendered.answer_text
