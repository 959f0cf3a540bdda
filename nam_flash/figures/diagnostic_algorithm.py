"""From subacute weakness with a high CK to the diagnosis of IMNM, each box from its facts."""

from collections.abc import Callable
from typing import Final

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import (
    BLUE,
    GREY,
    MARGIN,
    OCHRE,
    RED,
    SOFT,
    TEAL,
    WIDTH,
    Sheet,
    Tone,
    Words,
    box_height,
)

_FIRST: Final = "algorithm-first-antibodies"
_CLUES: Final = "algorithm-clue-to-test"
_PATTERNS: Final = "biopsy-patterns"
_RULE: Final = "foundations-enmc-hmgcr-rule"
_WIDE: Final = WIDTH - 2 * MARGIN
_GAP: Final = 8
_COLUMN: Final = (_WIDE - 2 * _GAP) / 3
_CENTRES: Final = tuple(MARGIN + _COLUMN / 2 + i * (_COLUMN + _GAP) for i in range(3))
#: The length of an arrow.
_STEP: Final = 18
#: What notes the texts of a box for the description.
_Told = Callable[..., tuple[Words, ...]]


def draw(facts: Facts) -> Sheet:
    """Draw the figure from top to bottom: start, traps, antibodies, three branches, biopsy."""
    sheet = Sheet(facts, "From weakness to the diagnosis of IMNM")
    middle = WIDTH / 2
    said: list[str] = []

    def told(*texts: Words) -> tuple[Words, ...]:
        said.append(": ".join(words.text for words in texts))
        return texts

    with sheet.part("start"):
        start = facts.label(
            "Adult, subacute proximal weakness, CK in the thousands, no rash",
            _FIRST,
            "question",
            says=("adult", "subacute proximal weakness", "CK in the thousands", "no rash"),
        )
        y = sheet.box(MARGIN, MARGIN, _WIDE, GREY, *told(Words(start, 14, True)), anchor="middle")
    _down(sheet, middle, y)
    with sheet.part("not-to-forget"):
        hormone = facts.text("algorithm-thyroid-test", "answer")
        drug = facts.text("algorithm-ocular-warning", "answer")
        eyes = facts.label("Ptosis or diplopia", "algorithm-ocular-warning", "question")
        fatigue = facts.label("myasthenia gravis", "algorithm-ocular-warning", "extra")
        y = sheet.box(
            MARGIN,
            y + _STEP,
            _WIDE,
            RED,
            *told(
                Words("Not to be missed", 14, True, RED.strong),
                Words(f"Test {hormone}"),
                Words(f"{eyes}? Ask about {drug}; think of {fatigue}"),
            ),
            filled=False,
            dashed=True,
        )
    _down(sheet, middle, y)
    with sheet.part("antibodies"):
        naive = facts.label(
            "with or without a statin",
            "causes-statin-naive",
            "question",
            says=("has never taken a statin",),
        )
        facts.label(naive, "causes-statin-naive", "answer", says=("Test all the same",))
        tests = facts.text(_FIRST, "answer")
        y = sheet.box(
            MARGIN,
            y + _STEP,
            _WIDE,
            GREY,
            *told(
                Words(f"Test {tests}", 14, True),
                Words(naive),
            ),
            anchor="middle",
        )
    for x in _CENTRES:
        _down(sheet, x, y)
    y = _branches(sheet, facts, y + _STEP, told)
    y = _biopsy(sheet, facts, y, told)
    with sheet.part("then"):
        panel = facts.label(
            "at least the basic cancer panel (IMACS 2023)",
            "cancer-cohorts-disagree",
            "extra",
            says=("IMACS 2023", "every adult", "at least the basic panel"),
        )
        heart = facts.text("trop-i-choice", "answer")
        facts.label("heart", "trop-i-choice", "question", says=("heart involvement",))
        y = sheet.box(
            MARGIN,
            y + 12,
            _WIDE,
            GREY,
            *told(
                Words("After the diagnosis", 14, True),
                Words(f"every adult: {panel}"),
                Words(f"to look for heart disease: {heart}"),
            ),
        )
    with sheet.part("dissent"):
        dissent = facts.label(
            "* A 2018 review still advises a biopsy.",
            "algorithm-biopsy-dissent",
            "question",
            says=("2018 Italian review", "still advise after a positive anti-HMGCR"),
        )
        facts.label(dissent, "algorithm-biopsy-dissent", "answer", says=("muscle biopsy",))
        limits = facts.label(
            "A lower CK or a slow course does not exclude IMNM.",
            "ck-imnm-tenfold",
            "extra",
            says=("A lower CK does not exclude IMNM",),
        )
        facts.label(limits, "present-tempo", "text", says=("slow, dystrophy-like course",))
        y = sheet.block(
            MARGIN + 2,
            y + 7,
            _WIDE,
            Words(limits, fill=SOFT),
            Words(dissent, fill=SOFT),
            Words("Schematic, not a guideline.", fill=SOFT),
        )
    sheet.height = y
    sheet.alt = f"Schematic, not a guideline. {'; '.join(said)}. {limits} {dissent}"
    return sheet


def _branches(sheet: Sheet, facts: Facts, y: float, told: _Told) -> float:
    """Draw the three results and where each leads. Returns the y where they end."""
    blot = facts.label(
        "only on a dot blot?",
        _CLUES,
        "entities",
        "dot",
        says=("isolated anti-SRP on a dot blot",),
    )
    confirm = facts.label(
        "Confirm on HEp-2 cells", _CLUES, "test", "dot", says=("HEp-2 immunofluorescence",)
    )
    share = facts.label(
        "of IMNM (review, 2020)",
        "seronegative-share",
        "question",
        says=("2020 review", "patients with IMNM"),
    )
    y = _row(
        sheet,
        facts,
        y,
        told,
        [
            (
                "hmgcr-positive",
                TEAL,
                f"{_FIRST} {_RULE}",
                [
                    facts.label("anti-HMGCR positive", _FIRST, "answer", says=("anti-HMGCR",)),
                    "with " + facts.text(_RULE, "answer"),
                ],
            ),
            (
                "srp-positive",
                BLUE,
                f"{_FIRST} {_CLUES}",
                [
                    facts.label("anti-SRP positive", _FIRST, "answer", says=("anti-SRP",)),
                    f"{blot} {confirm}",
                ],
            ),
            (
                "both-negative",
                OCHRE,
                f"{_FIRST} seronegative-share",
                [
                    facts.label("both negative", _FIRST, "extra", says=("have neither",)),
                    f"{facts.text('seronegative-share', 'answer')} {share}",
                ],
            ),
        ],
    )
    for x in _CENTRES:
        _down(sheet, x, y)
    biopsy = facts.text("foundations-enmc-biopsy", "answer").removeprefix("it is ")
    return _row(
        sheet,
        facts,
        y + _STEP,
        told,
        [
            (
                "hmgcr-myopathy",
                TEAL,
                f"{_RULE} foundations-enmc-biopsy",
                [
                    facts.label("anti-HMGCR myopathy", _RULE, "question"),
                    facts.label("ENMC 2016:", _RULE, "question", says=("2016 ENMC criteria",))
                    + f" biopsy {biopsy}*",
                ],
            ),
            (
                "srp-myopathy",
                BLUE,
                "foundations-three-subtypes srp-hep2-confirmation",
                [
                    f"{facts.text('foundations-three-subtypes', 'text', 1)} myopathy",
                    facts.label(
                        "blot: cytoplasmic staining convinces; without it, keep looking",
                        "srp-hep2-confirmation",
                        "question",
                        says=("makes a positive anti-SRP dot blot convincing",),
                    ),
                    facts.label("", "srp-hep2-confirmation", "extra", says=("without it 22%",)),
                    facts.label(
                        "", "srp-hep2-confirmation", "answer", says=("cytoplasmic staining",)
                    ),
                ],
            ),
            (
                "search-on",
                OCHRE,
                f"{_FIRST} mri-biopsy-site",
                [
                    facts.label("keep looking", _FIRST, "extra", says=("does not close the case",)),
                    facts.label(
                        "biopsy of a muscle with oedema on MRI",
                        "mri-biopsy-site",
                        "answer",
                        says=("an oedematous muscle to sample",),
                    ),
                ],
            ),
        ],
    )


def _row(
    sheet: Sheet,
    facts: Facts,
    y: float,
    told: _Told,
    boxes: list[tuple[str, Tone, str, list[str]]],
) -> float:
    """Draw three boxes beside each other: id, tone, facts, lines. Returns the y of their bottom."""
    texts = [
        told(Words(lines[0], 13, True, tone.strong), *(Words(line) for line in lines[1:] if line))
        for _, tone, _, lines in boxes
    ]
    height = max(box_height(_COLUMN, *words, pad=7) for words in texts)
    for x, (id_, tone, ids, _), words in zip(_CENTRES, boxes, texts, strict=True):
        with sheet.part(id_):
            facts.read += ids.split()
            sheet.box(x - _COLUMN / 2, y, _COLUMN, tone, *words, height=height, pad=7)
    return y + height


def _biopsy(sheet: Sheet, facts: Facts, y: float, told: _Told) -> float:
    """Draw what the biopsy can show, and what each picture supports."""
    _down(sheet, _CENTRES[2], y)
    with sheet.part("biopsy"):
        shows = facts.label(
            "What the biopsy shows and suggests",
            _PATTERNS,
            "attributes",
            "signature",
            "ask",
            says=("muscle biopsy",),
        )
        y = sheet.box(
            MARGIN,
            y + _STEP,
            _WIDE,
            OCHRE,
            *told(Words(shows, 14, True, OCHRE.strong)),
            anchor="middle",
            pad=5,
        )
    necrosis = facts.label(
        "antisynthetase syndrome, anti-Mi-2 DM",
        _PATTERNS,
        "signature",
        "dm",
        "extra",
        says=("Perifascicular necrosis", "antisynthetase syndrome", "anti-Mi-2 dermatomyositis"),
    )
    rows = [
        (
            "pattern-imnm",
            GREY,
            facts.text(_PATTERNS, "signature", "imnm"),
            facts.label(
                "fits IMNM, but is not specific",
                "biopsy-hallmark",
                "extra",
                says=("Today it supports it", "other diseases show the same necrosis"),
            ),
            "biopsy-hallmark",
        ),
        *(
            (
                f"pattern-{entity}",
                GREY,
                facts.text(_PATTERNS, "signature", entity),
                meaning,
                "",
            )
            for entity, meaning in (
                ("dm", facts.text(_PATTERNS, "entities", "dm")),
                ("asys", necrosis),
                ("ibm", facts.text(_PATTERNS, "entities", "ibm")),
            )
        ),
    ]
    half = _WIDE / 2 - 14
    y += 6
    for id_, tone, finding, meaning, more in rows:
        with sheet.part(id_):
            facts.read += [_PATTERNS, *more.split()]
            left, right = (Words(finding),), (Words(meaning, 13, True, tone.strong),)
            height = max(box_height(half, *left, pad=6), box_height(half, *right, pad=6))
            sheet.box(
                MARGIN, y, half, tone, *left, height=height, filled=False, anchor="middle", pad=6
            )
            sheet.line(
                (MARGIN + half + 2, y + height / 2),
                (MARGIN + half + 26, y + height / 2),
                stroke=SOFT,
                arrow=True,
            )
            sheet.box(
                MARGIN + half + 28, y, half, tone, *right, height=height, anchor="middle", pad=6
            )
            told(*left, *right)
        y += height + 6
    with sheet.part("slow-course"):
        slow = facts.label(
            "Slow course: antibodies first; if negative, genetic testing",
            "hereditary-imnm-vs-dystrophy",
            "extra",
            says=("Negative antibodies plus a slow course", "genetic testing"),
        )
        return sheet.box(
            MARGIN,
            y,
            _WIDE,
            OCHRE,
            *told(Words(slow)),
            filled=False,
            dashed=True,
            anchor="middle",
            pad=6,
        )


def _down(sheet: Sheet, x: float, y: float) -> None:
    sheet.line((x, y + 1), (x, y + _STEP - 1), stroke=SOFT, arrow=True)
