"""NF208: the same question with other numbers, and what is another question."""

import pytest

from nam_flash.rules.conflicting_numbers import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, cloze, found

BOUND = """\
- id: {id}
  kind: threshold
  topic: first/alpha
  level: core
  analyte: CK
  bound: "{bound}"
  uln: 200 U/L
  setting: {setting}
  meaning: active disease
  cite: [smith2020]
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Share with ILD in anti-SRP?", "10%"), ("In anti-SRP, share with ILD?", "about 25%")),
        (
            ("In a cohort (2015), share with ILD?", "13%"),
            ("In a cohort (2019), share with ILD?", "21%"),
        ),
        (("Of 63 patients, how many had ILD?", "5"), ("Of 100 patients, how many had ILD?", "13")),
    ],
)
def test_conflict(base: FactBase, one: tuple[str, str], other: tuple[str, str]) -> None:
    facts = basic("a", *one) + basic("b", *other)
    assert found(base, RULE, facts) == [f"{other[1]!r}, where 'a' says {one[1]!r}"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Share with ILD?", "10%"), ("Share with ILD?", "10% (6 of 60)")),
        (("Share with ILD?", "10%"), ("Share with dysphagia?", "40%")),
        (("Survival at 5 years?", "93%"), ("Survival at 10 years?", "83%")),
        (("Usual CK in IMNM?", "> 10 × ULN"), ("Usual CK in IMNM?", "5,000 U/L")),
        (("Which HLA type?", "DRB1 11:01"), ("Which HLA type?", "B8")),
        (("Which antibody?", "anti-Mi-2"), ("Which antibody?", "anti-Jo-1")),
    ],
)
def test_no_conflict(base: FactBase, one: tuple[str, str], other: tuple[str, str]) -> None:
    assert found(base, RULE, basic("a", *one) + basic("b", *other)) == []


def test_clozes_that_hide_different_places(base: FactBase) -> None:
    text = "Found in {{c1::16 of 26}} patients with and {{c2::1 of 187}} patients without necrosis."
    assert found(base, RULE, cloze("a", text) + cloze("b", text)) == []
    changed = text.replace("1 of 187", "3 of 187")
    assert len(found(base, RULE, cloze("a", text) + cloze("b", changed))) == 1


@pytest.mark.parametrize(
    ("bound", "setting", "conflicts"),
    [
        ("> 5 xULN", "IMNM at diagnosis", 1),
        ("> 10 xULN", "IMNM at diagnosis", 0),
        ("> 2000 U/L", "IMNM at diagnosis", 0),
        ("> 5 xULN", "IMNM in remission", 0),
    ],
)
def test_thresholds(base: FactBase, bound: str, setting: str, conflicts: int) -> None:
    first = BOUND.format(id="a", bound="> 10 xULN", setting="IMNM at diagnosis")
    second = BOUND.format(id="b", bound=bound, setting=setting)
    assert len(found(base, RULE, first + second)) == conflicts
