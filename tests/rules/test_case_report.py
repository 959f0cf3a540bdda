"""NF206: case series alone, and wordings that say so."""

import pytest

from nam_flash.rules.case_report import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found

ALONE = "a general claim on case series alone (case2016)"


@pytest.mark.parametrize(
    ("question", "extra", "cite", "says"),
    [
        ("What improves anti-SRP myopathy?", "It works in most cases.", ["case2016"], [ALONE]),
        ("What improves anti-SRP myopathy?", "It works.", ["case2016", "smith2020"], []),
        ("What has been reported to improve it?", "It works.", ["case2016"], []),
        ("In six patients, what improved?", "It works.", ["case2016"], []),
        ("What helped 3 of 9 patients?", "It works.", ["case2016"], []),
        ("What improves it?", "One small series (2016).", ["case2016"], []),
        ("What helped in a boy with the disease?", "It worked.", ["case2016"], []),
    ],
)
def test_wording(
    base: FactBase, question: str, extra: str, cite: list[str], says: list[str]
) -> None:
    facts = basic("x", question, "immunotherapy", extra=extra, cite=cite)
    assert found(base, RULE, facts) == says


def test_a_cell_is_judged_by_its_own_works(base: FactBase) -> None:
    facts = """\
- id: table
  kind: comparison
  topic: first/alpha
  level: core
  title: Scapulae
  entities: {srp: anti-SRP myopathy, fshd: FSHD}
  attributes:
    - id: face
      name: Face
      ask: How strong is the face in {entity}?
      cells:
        srp: {answer: normal, cite: [case2016], reverse: In which disease is the face strong?}
        fshd: {answer: weak, extra: In 122 patients (2012).}
  cite: [smith2020]
"""
    assert found(base, RULE, facts) == [ALONE, ALONE]
    assert found(base, RULE, facts.replace("answer: normal", "answer: normal (six cases)")) == []


def test_a_sentence_is_judged_whole(base: FactBase) -> None:
    hidden = cloze("x", "Recovery was {{c1::reported}} after IVIG.", cite=["case2016"])
    assert found(base, RULE, hidden) == []


def test_a_vignette_is_judged_by_its_best_answer(base: FactBase) -> None:
    facts = case("x", "Anti-SRP", ["Anti-Jo-1", "Anti-Mi-2"]).replace("smith2020", "case2016")
    assert found(base, RULE, facts) == [ALONE]
    assert found(base, RULE, facts.replace("Her weakness", "In a series, weakness")) == []
