"""NF118: abbreviations that need an entry, and what only looks like one."""

import pytest

from nam_flash.rules.abbreviation import RULE
from tests.conftest import FactBase
from tests.rules.written import basic, cloze, found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("MTX helps.", "MTX"),
        ("NSAIDs help.", "NSAIDs"),
        ("Test for cN1A.", "cN1A"),
        ("HFrEF is common.", "HFrEF"),
        ("The CK-MB share is high.", "CK-MB"),
        ("Staining of HEp-2 cells.", "HEp-2"),
        ("MDR-TB is rare.", "MDR-TB"),
        ("An ESBL-producing germ.", "ESBL"),
        ("It binds HMG-CoA reductase.", "HMG-CoA"),
        ("thyroid function (TSH)", "TSH"),  # not spelt out by what is before it
    ],
)
def test_unknown(base: FactBase, text: str, shown: str) -> None:
    facts = basic("x", "What is it?", "so", extra=text)
    assert found(base, RULE, facts) == [f"the abbreviation {shown!r}"]


@pytest.mark.parametrize(
    "text",
    [
        "CK and MSAs are in the glossary, and so SRP54 is.",
        "anti-MDA5, Anti-HBs and anti-PM-Scl-positive patients",
        "HLA-DRB1 and HLA-B27",
        "type II fibres, class IV, MHC as a word: no. CD8+ cells, CD20",
        "a US series, a UK centre, RNA, mRNA, 5,000 IU/L, the QT interval",
        "McArdle disease, EuroMyositis, hyperCKaemia",
        "Do NOT restart it. ALL patients. It is URGENT, really urgent.",
        "THE WHOLE HEADING",
        "chronic obstructive pulmonary disease (COPD)",
        "COPD (chronic obstructive pulmonary disease)",
        "methicillin-resistant *Staphylococcus aureus* (MRSA)",
        "angiotensin receptor blockers (ARBs)",
        "SARS-CoV-2 (severe acute respiratory syndrome coronavirus)",
    ],
)
def test_known(base: FactBase, text: str) -> None:
    (base.cards / "glossary.yaml").write_text(
        (base.cards / "glossary.yaml").read_text() + "MHC: major histocompatibility complex\n"
    )
    assert found(base, RULE, basic("x", "What is it?", "so", extra=text)) == []


def test_the_answer_may_be_the_long_form(base: FactBase) -> None:
    facts = basic("x", "What is MAHA?", "microangiopathic haemolytic anaemia")
    assert found(base, RULE, facts) == []


def test_compounds_of_the_glossary_are_known(base: FactBase) -> None:
    (base.cards / "glossary.yaml").write_text("ACC/AHA: two societies\nU1-RNP: a particle\n")
    assert found(base, RULE, basic("x", "What does ACC/AHA say?", "U1-RNP, ACC, RNP")) == []


def test_once_a_file(base: FactBase) -> None:
    twice = basic("a", "What is MTX?", "a drug") + cloze("b", "{{c1::MTX}} helps.")
    base.write(basic("c", "Who invented MTX?", "somebody"), "more.yaml")
    assert found(base, RULE, twice) == ["the abbreviation 'MTX'"] * 2


def test_one_compound_is_one_finding(base: FactBase) -> None:
    assert found(base, RULE, basic("x", "What are IL-6 and IL-1?", "so")) == [
        "the abbreviation 'IL-6'"
    ]
