"""The antibodies of myositis, grouped by the myositis that they mark."""

from typing import Final

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import (
    BLUE,
    GREY,
    MARGIN,
    OCHRE,
    TEAL,
    VIOLET,
    WIDTH,
    Sheet,
    Tone,
    Words,
    box_height,
)

_OTHER: Final = "non-dm-myositis-antibodies"
_DM: Final = "dermatomyositis-antibodies"
_IMNM: Final = "imnm-subtypes"
_WIDE: Final = WIDTH - 2 * MARGIN
_GAP: Final = 8
#: The room inside a group, and the height of its name.
_PAD, _NAME = 8, 25

#: A card: its id, tone, lines (the first is the antibody), and the facts of these, with spaces.
_Card = tuple[str, Tone, list[str], str]


def draw(facts: Facts) -> Sheet:
    """Draw the figure: a frame for each myositis, its antibodies inside as cards."""
    sheet = Sheet(facts, "Antibodies of myositis and what they signal")
    y, said = float(MARGIN), []

    def named(table: str, entity: str) -> str:
        return facts.text(table, "entities", entity)

    def group(id_: str, name: str, tone: Tone, cards: list[_Card]) -> None:
        """Draw a group of cards below its name, two in a row."""
        nonlocal y
        columns = 2 if len(cards) > 1 else 1
        width = (_WIDE - 2 * _PAD - (columns - 1) * _GAP) / columns
        texts = [
            [Words(lines[0], 14, True, tone.strong), *(Words(line) for line in lines[1:])]
            for _, tone, lines, *_ in cards
        ]
        whole = _WIDE - 2 * _PAD
        odd = len(cards) % columns  # the last card has a row to itself
        widths = [width] * (len(cards) - odd) + [whole] * odd
        heights = [box_height(w, *words, pad=7) for w, words in zip(widths, texts, strict=True)]
        rows = [max(heights[i : i + columns]) for i in range(0, len(texts), columns)]
        height = _NAME + sum(rows) + (len(rows) - 1) * _GAP + _PAD
        facts.read.clear()
        with sheet.part(id_):
            facts.read += [id_ for *_, ids in cards for id_ in ids.split()]
            sheet.rect(MARGIN, y, _WIDE, height, tone, stroke=False, radius=8)
            sheet.block(MARGIN + _PAD + 2, y + 5, _WIDE, Words(name, 14, True, tone.strong))
        top = y + _NAME
        for i, ((card, tint, _, ids), words) in enumerate(zip(cards, texts, strict=True)):
            row, column = divmod(i, columns)
            x = MARGIN + _PAD + column * (width + _GAP)
            at = top + sum(rows[:row]) + row * _GAP
            with sheet.part(card):
                facts.read += ids.split()
                sheet.box(x, at, widths[i], tint, *words, height=rows[row], filled=False, pad=7)
        said.append(
            f"{name}: "
            + "; ".join(", ".join(line for line in lines if line) for _, _, lines, _ in cards)
        )
        y += height + 9

    imnm = facts.text(_OTHER, "group", "srp")
    facts.label(imnm, _OTHER, "group", "hmgcr")
    group(
        "imnm",
        imnm,
        GREY,
        [
            (
                "anti-hmgcr",
                TEAL,
                [
                    named(_OTHER, "hmgcr"),
                    "statin: " + facts.text(_IMNM, "statin", "hmgcr"),
                    facts.label("ILD rare", _IMNM, "lung", "hmgcr", says=("rarely",)),
                ],
                f"{_IMNM} {_OTHER}",
            ),
            (
                "anti-srp",
                BLUE,
                [
                    named(_OTHER, "srp"),
                    f"weakness: {facts.text(_IMNM, 'severity', 'srp')} than anti-HMGCR",
                    "ILD " + facts.text(_IMNM, "lung", "srp"),
                ],
                f"{_IMNM} {_OTHER}",
            ),
            (
                "seronegative",
                OCHRE,
                [
                    facts.label(
                        "seronegative", _IMNM, "entities", "neg", says=("seronegative IMNM",)
                    ),
                    facts.text("seronegative-share", "answer")
                    + facts.label(
                        " of IMNM (review, 2020)",
                        "seronegative-share",
                        "question",
                        says=("2020 review", "of patients with IMNM"),
                    ),
                ],
                f"seronegative-share {_IMNM}",
            ),
        ],
    )
    tif1 = facts.text(_DM, "warning", "tif1") + facts.label(
        " (in adults)", _DM, "warning", "tif1", "reverse", says=("cancer in adults",)
    )
    facts.label(
        "more severe than anti-HMGCR",
        _IMNM,
        "attributes",
        "severity",
        "ask",
        says=("compared with the other seropositive subtype",),
    )
    group(
        "dermatomyositis",
        facts.label(
            "Dermatomyositis: rash",
            _DM,
            "extra",
            says=("strongly associated with skin involvement",),
        ),
        VIOLET,
        [
            (
                "anti-mi2",
                VIOLET,
                [
                    named(_DM, "mi2"),
                    facts.label(
                        "muscle: marked weakness",
                        _DM,
                        "muscle",
                        "mi2",
                        "extra",
                        says=("Marked weakness",),
                    ),
                ],
                _DM,
            ),
            ("anti-tif1", VIOLET, [named(_DM, "tif1"), tif1], _DM),
            (
                "anti-mda5",
                VIOLET,
                [
                    named(_DM, "mda5"),
                    "muscle: " + facts.text(_DM, "muscle", "mda5"),
                    facts.text(_DM, "warning", "mda5"),
                ],
                _DM,
            ),
            (
                "anti-nxp2",
                VIOLET,
                [
                    named(_DM, "nxp2"),
                    "muscle: " + facts.text(_DM, "muscle", "nxp2"),
                    facts.text(_DM, "warning", "nxp2"),
                ],
                _DM,
            ),
            (
                "anti-sae",
                VIOLET,
                [named(_DM, "sae"), "muscle: " + facts.text(_DM, "muscle", "sae")],
                _DM,
            ),
        ],
    )
    group(
        "antisynthetase-syndrome",
        facts.text(_OTHER, "group", "jo1").capitalize(),
        GREY,
        [
            (
                "anti-jo-1",
                GREY,
                [
                    named(_OTHER, "jo1")
                    + facts.label(
                        " (the most common one)",
                        "antisynthetase-jo1",
                        "question",
                        says=("most common antibody of antisynthetase",),
                    ),
                    facts.text(_OTHER, "outside", "jo1"),
                ],
                f"{_OTHER} antisynthetase-jo1",
            ),
        ],
    )
    overlap = facts.text(_OTHER, "group", "u1rnp")
    facts.label(overlap, _OTHER, "group", "pmscl")
    group(
        "overlap-myositis",
        overlap.capitalize(),
        GREY,
        [
            (
                "anti-u1-rnp",
                GREY,
                [named(_OTHER, "u1rnp"), facts.text(_OTHER, "outside", "u1rnp")],
                _OTHER,
            ),
            ("anti-pm-scl", GREY, [named(_OTHER, "pmscl")], _OTHER),
        ],
    )
    cn1a = "ibm-cn1a-specificity"
    facts.label(
        "studies of 2016 and 2021", "ibm-cn1a-sensitivity", "question", says=("2016 and 2021",)
    )
    group(
        "inclusion-body-myositis",
        facts.label("Inclusion body myositis", cn1a, "question"),
        GREY,
        [
            (
                "anti-cn1a",
                GREY,
                [
                    facts.label("anti-cN1A", cn1a, "question"),
                    f"in {facts.text('ibm-cn1a-sensitivity', 'answer')} (studies of 2016 and 2021)",
                    facts.label(
                        "does not prove the disease",
                        cn1a,
                        "question",
                        says=("Why does a positive anti-cN1A not prove",),
                    ),
                ],
                f"{cn1a} ibm-cn1a-sensitivity",
            ),
        ],
    )
    sheet.height = y - 9
    sheet.alt = "Antibodies of myositis by the disease that they mark. " + ". ".join(said) + "."
    return sheet
