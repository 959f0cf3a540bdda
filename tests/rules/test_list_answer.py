"""NF103: what is a list of three, and what only has commas."""

import pytest

from nam_flash.rules.list_answer import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, case, cloze, found


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        ("Myositis, arthritis and interstitial lung disease", 3),
        ("myositis, arthritis, interstitial lung disease", 3),
        ("methotrexate, azathioprine, or mycophenolate", 3),
        ("rash; dysphagia; calcinosis; ulcers", 4),
        ("weakness + rash + dysphagia", 3),
        ("stomatitis, liver and lung toxicity", 3),
        ("weakness (proximal, painless), rash (of eyelids) and dysphagia", 3),
        ("First: 1. stop the statin 2. measure CK 3. test anti-HMGCR", 4),
    ],
)
def test_lists(base: FactBase, answer: str, number: int) -> None:
    expected = [f"an answer of {number} items"]
    assert found(base, RULE, basic("x", "What is it?", answer)) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "anti-SRP and anti-HMGCR",
        "deep finger flexors, quadriceps",
        "about 5,300-7,300 U/L, mostly 6,000 U/L, in 2020",
        "HMG-CoA reductase, the enzyme that statins inhibit",
        "IVIG, even as monotherapy, or steroids",
        "seronegative and anti-HMGCR IMNM, not anti-SRP",
        "weakness and high CK and pain",  # said in one breath, no enumeration
        "HLA-DR11 (with DQA5, DQB7 and others)",
        "43-59%",
        "it inhibits the rate-limiting enzyme of cholesterol synthesis, lowers LDL, and much more",
        "U1-RNP",
    ],
)
def test_what_is_no_list(base: FactBase, answer: str) -> None:
    assert found(base, RULE, basic("x", "What is it?", answer)) == []


def test_the_hidden_part_of_a_cloze(base: FactBase) -> None:
    assert found(base, RULE, cloze("x", "IMNM has {{c1::weakness}}, rash, pain and ulcers.")) == []
    together = "IMNM has {{c1::weakness}}, {{c1::necrosis}} and {{c1::a high CK}}."
    assert found(base, RULE, cloze("x", together)) == ["an answer of 3 items"]


def test_options_may_be_lists(base: FactBase) -> None:
    assert found(base, RULE, case("x", "Steroids, IVIG, methotrexate", ["Steroids alone"])) == []
