"""NF109: what names something, by itself or by the library around it."""

import pytest

from nam_flash.rules.no_context import MANY_TOPICS, RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found

NOTHING = ["a prompt that names nothing"]


@pytest.mark.parametrize(
    "question",
    [
        "Which drug is usually given first?",
        "What is the first-line treatment?",
        "How is the diagnosis confirmed?",
        "At what age does the disease usually begin?",
        "What are the side effects of the drug?",
        "Differential: risk factors?",
    ],
)
def test_without(base: FactBase, question: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == NOTHING


@pytest.mark.parametrize(
    "question",
    [
        "Which drug is usually given first in IMNM?",  # an abbreviation
        "Which disease did Pompe describe?",  # a proper name
        "What was the first-line treatment in 2020?",  # a study's year
        "What is the first-line treatment of myositis?",  # built like a disease
        "What are the side effects of rituximab?",  # built like a drug
        "Which hormone is given in pregnancy?",  # a word that is not everywhere
        "What is a membrane attack complex?",  # the glossary's
        "How is it treated?",  # NF110
    ],
)
def test_with(base: FactBase, question: str) -> None:
    assert found(base, RULE, basic("x", question, "so")) == []


def test_clozes_need_context_and_cases_have_it(base: FactBase) -> None:
    assert found(base, RULE, cloze("x", "The first drug is {{c1::a glucocorticoid}}.")) == NOTHING
    assert found(base, RULE, case("x", "CK", ["CRP"], question="Which test is best?")) == []


def test_a_word_of_many_topics_is_common(base: FactBase) -> None:
    (base.cards / "taxonomy.yaml").write_text(
        "root: T\ntopics:\n"
        + "".join(f"  - {{id: t{n}, tag: T{n}, deck: {n} D}}\n" for n in range(MANY_TOPICS)),
        encoding="utf-8",
    )

    def written(topics: int) -> str:
        facts = [basic("x", "What does the muscle show?", "necrosis", topic="t0")]
        facts += [
            basic(f"x{n}", f"What does the muscle of IMNM show in {2000 + n}?", "so", topic=f"t{n}")
            for n in range(1, topics)
        ]
        return "".join(facts)

    assert found(base, RULE, written(MANY_TOPICS - 1)) == []
    assert found(base, RULE, written(MANY_TOPICS)) == NOTHING


def test_the_name_of_an_entity(base: FactBase) -> None:
    table = """\
- id: t
  kind: comparison
  topic: first/alpha
  level: core
  title: T
  entities: {a: severe form, b: mild stone disease}
  attributes:
    - {id: x, name: X, ask: "What is {entity}?", cells: {a: "1", b: "2"}}
  cite: [smith2020]
"""
    asked = basic("x", "What is the treatment of mild stone disease?", "so")
    assert found(base, RULE, table + asked) == []
    asked = basic("x", "What is the treatment of the severe form?", "so")
    assert found(base, RULE, table + asked) == NOTHING
