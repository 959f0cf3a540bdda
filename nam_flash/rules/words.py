"""The words of a text: how they are cut, which of them tell something, which are offered."""

import re
from functools import cache
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")

#: What holds a sentence together: articles, prepositions, conjunctions, auxiliaries, pronouns and
#: question words. Negations, amounts and directions are left out: they can be the answer.
FUNCTION_WORDS: Final = frozenset(
    "a an the of in on at to for from by with as than into and or nor but if while though "
    "although because so that there which what who whom whose when where why how is are was "
    "were be been being am do does did done doing has have had having can could may might must "
    "shall should will would it its he she him her his they them their we our you your this "
    "these those s".split()
)

#: What the things that medicine asks about are called: no answer is told by these words alone.
CLASS_WORDS: Final = frozenset(
    "patient patients person people case cases group groups type types kind kinds form forms "
    "disease diseases disorder disorders condition conditions syndrome syndromes illness "
    "diagnosis diagnoses diagnose diagnosed diagnostic differential sign signs symptom symptoms "
    "feature features finding findings presentation present presents manifestation "
    "manifestations complication complications cause causes caused causing etiology aetiology "
    "pathogenesis pathophysiology mechanism mechanisms risk risks factor factors trigger "
    "triggers course outcome outcomes prognosis treatment treatments treat treats treated "
    "treating therapy therapies management manage managed approach drug drugs medication "
    "medications medicine medicines agent agents dose doses dosage dosing regimen regimens test "
    "tests testing tested investigation investigations study studies trial trials examination "
    "marker markers result results value values level levels criterion criteria definition "
    "define defined defines classification hallmark choice specific rate share percentage "
    "proportion number use used uses show shows shown seen found find suggest suggests indicate "
    "indicates confirm confirms associated association related recommended recommend indication "
    "indications effect effects name called role significance likely rule".split()
)

#: Ranks, degrees and times, which are in prompts of every subject, but can be the answer.
DEGREE_WORDS: Final = frozenset(
    "adult adults age sex first second third line next last initial best better most more less "
    "least common commonest commonly often usual usually typical typically characteristic "
    "classic classical main major important key useful preferred gold standard sensitive "
    "specificity sensitivity positive negative high higher highest low lower lowest frequent "
    "frequently frequency many much few year years month months week weeks day days onset start "
    "starts started begin begins given give expected contraindicated contraindication "
    "contraindications adverse side clinical imaging laboratory therapeutic survival acute "
    "chronic severe mild normal abnormal other two three mean means happen happens part place "
    "difference differ differs occur occurs affect affects affected same early late long new "
    "known not no make makes made link links linked involve involves involved stop stops "
    "stopped lasts need needs needed require requires required perform performed measure "
    "measured predict predicts predicted target targets".split()
)

#: Endings that do not change what a word is about, longest first.
_ENDINGS: Final = (
    "otizing", "osis", "oses", "otic", "ical", "isms", "ism", "ies", "ing", "ed", "es", "ic", "al",
    "s", "y",
)  # fmt: skip

#: How the names of diseases end.
DISEASE_ENDINGS: Final = (
    "itis", "itides", "pathy", "pathies", "emia", "osis", "oses", "oma", "omas", "algia", "plegia",
    "trophy", "trophies", "penia", "uria", "asthenia", "lysis", "phagia",
)  # fmt: skip

_OR: Final = re.compile(r"\bor\b", re.IGNORECASE)
#: Telling words in an alternative.
_REACH: Final = 5

#: The letters that must be left of a word without its ending.
_MIN_STEM: Final = 4


def words(text: str) -> list[str]:
    """Return the words and numbers of a text in lower case; parts of compounds are words."""
    return _WORD.findall(text.casefold())


@cache
def stem(word: str) -> str:
    """Return a word without its ending, so that ``necrosis`` and ``necrotic`` are the same."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word.removesuffix(ending)
    return word


def telling(text: str) -> list[str]:
    """Return the stems of the words that say something of their own, in order.

    A capital A within the text is one of them, as in vitamin A; "anti" is not, as an antigen tells
    its antibody.
    """
    return [
        stem(word)
        for match in _WORD.finditer(text)
        if (word := match[0].casefold()) not in CLASS_WORDS
        and (word not in FUNCTION_WORDS or (match[0] == "A" and match.start() > 0))
        and word != "anti"
    ]


def offered(answer: str, text: str) -> bool:
    """Tell whether the answer is one of two things that a text joins with "or".

    Either it ends right before an "or", or it begins right after.
    """
    wanted = set(telling(answer))
    for match in _OR.finditer(text):
        before = telling(text[: match.start()])[-_REACH:]
        after = telling(text[match.end() :])[:_REACH]
        if wanted.issubset(before + after) and (
            (before[-1:] != [] and before[-1] in wanted) != (after[:1] != [] and after[0] in wanted)
        ):
            return True
    return False
