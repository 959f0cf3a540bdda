"""Random facts, random edits of them, random learners: nothing is lost but by a listed limit."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from nam_flash.rehearse import Stage, prepare
from nam_flash.rehearse.channels import CHANNELS, Channel
from nam_flash.rehearse.learners import LEARNERS, Learner
from tests.conftest import BASE, NOW, FactBase, pack
from tests.rehearse.releases import MONTH, release, update_pack

#: Hostile, but no raw HTML such as <a>, which is refused.
WORDS = st.text("xyz äé<>&\"'{", min_size=1, max_size=8).filter(str.strip)
TOPICS = st.sampled_from(["first", "first/alpha", "second"])
LEVELS = st.sampled_from(["core", "advanced"])


@dataclass(frozen=True)
class Facts:
    """What a fact says in two releases; None: it is not there yet."""

    old: dict[str, Any] | None
    new: dict[str, Any]


@st.composite
def facts(draw: st.DrawFn, id_: str) -> Facts:
    """Draw a fact of one kind, and the edits that an editor may make to it."""
    topic, level = draw(TOPICS), draw(LEVELS)
    fact: dict[str, Any] = {"id": id_, "topic": topic, "level": level, "cite": ["smith2020"]}
    basic = draw(st.booleans())
    answer = draw(WORDS)
    if basic:
        fact |= {"kind": "basic", "question": f"{id_}: {draw(WORDS)}?", "answer": answer}
    else:
        fact |= {"kind": "cloze", "text": f"{id_}: a {{{{c1::hidden}}}} and {{{{c2::more}}}}."}
    edited = dict(fact)
    for edit in draw(st.sets(st.sampled_from(["words", "topic", "level", "tags", "extra"]))):
        match edit:
            case "words" if basic:
                edited["answer"] = draw(WORDS)
            case "words":
                edited["text"] = fact["text"].replace("a ", "another ")
            case "topic":
                edited["topic"] = draw(TOPICS)
            case "level":
                edited["level"] = draw(LEVELS)
            case "tags":
                edited["tags"] = [draw(TOPICS)]
            case "extra":
                edited["extra"] = draw(WORDS)
    if draw(st.integers(0, 5)) == 0:
        edited["retired"] = {"release": "0.2.0", "why": "Disproved."}
    return Facts(None if draw(st.integers(0, 4)) == 0 else fact, edited)


@st.composite
def fact_bases(draw: st.DrawFn) -> list[Facts]:
    """Draw one to five facts, of which the first is always there, in the core."""
    first = draw(facts("fact-0"))
    first = Facts({**(first.old or first.new), "level": "core"}, first.new)
    (first.old or {}).pop("retired", None)
    return [first, *(draw(facts(f"fact-{i}")) for i in range(1, draw(st.integers(1, 5))))]


#: Who was met with an older release needs one; all others can be one person.
PEOPLE = st.sets(st.sampled_from(sorted(LEARNERS.keys() - {"skipper"})), min_size=1, max_size=4)


def person(names: set[str]) -> list[Learner]:
    """One learner who does all of it: how they begin comes first, how they import comes last."""
    order = list(LEARNERS)
    first = {"core only": -2, "collector": -1}
    return [LEARNERS[name] for name in sorted(names, key=lambda n: first.get(n, order.index(n)))]


@settings(derandomize=True, max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(fact_bases(), PEOPLE, st.sampled_from(list(CHANNELS)))
def test_nothing_is_lost(base: list[Facts], names: set[str], channel: Channel) -> None:
    with TemporaryDirectory() as folder:
        shutil.copytree(BASE, Path(folder, "base"))
        fact_base = FactBase(Path(folder, "base"))
        before = json.dumps([fact.old for fact in base if fact.old], ensure_ascii=False)
        after = json.dumps([fact.new for fact in base], ensure_ascii=False)
        old = release(fact_base, before, "0.1.0", NOW)
        new = release(fact_base, after, "0.2.0", NOW + MONTH)
        stage_folder = Path(folder, "stage")
        stage_folder.mkdir()
        texts = update_pack(old, new)
        assume(texts is not None or channel == "package")  # nothing new makes no pack
        stage = prepare(stage_folder, pack(old), pack(new), texts, None)
        assert isinstance(stage, Stage)
        cells = stage.play(person(names), channel)
    assert [cell for cell in cells if cell.verdict == "lost"] == []
