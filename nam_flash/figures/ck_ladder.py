"""CK across muscle disease on a log scale: reported levels by disease, and every CK threshold."""

from decimal import Decimal
from math import log10
from typing import Final

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import (
    GREY,
    INK,
    MARGIN,
    OCHRE,
    RED,
    SOFT,
    TEAL,
    WIDTH,
    Sheet,
    Tone,
    Words,
)
from nam_flash.kinds.threshold import Quantity

#: The ends of the axis in U/L, and where on the sheet they lie.
_LOW, _HIGH = 100, 30_000
_LEFT, _RIGHT = MARGIN + 4, WIDTH - MARGIN - 4
#: The distance of two rows.
_ROW: Final = 33

#: Threshold -> label and tone, short for the meaning and the setting; each label names the words
#: that it relies on. A threshold that is not here is labelled with its meaning.
_RUNGS: Final[dict[str, tuple[str, Tone, dict[str, tuple[str, ...]]]]] = {
    "ck-eas-rhabdomyolysis": (
        "statin rhabdomyolysis* (EAS 2015)",
        RED,
        {
            "meaning": ("rhabdomyolysis",),
            "setting": ("statin", "renal impairment or myoglobinuria", "EAS", "2015"),
        },
    ),
    "ck-rhabdo-severe": (
        "severe rhabdomyolysis, trauma (2019)",
        RED,
        {"meaning": ("severe rhabdomyolysis",), "setting": ("trauma", "2019")},
    ),
    "ibm-ck-ceiling": (
        "too high for IBM (ENMC 2011)",
        GREY,
        {"meaning": ("another diagnosis",), "ask": ("ENMC 2011", "no longer accept")},
    ),
    "ck-imnm-tenfold": (
        "often exceeded in IMNM (2015, 2024)",
        TEAL,
        {"ask": ("often exceed in active IMNM",), "extra": ("(2015)", "(2024")},
    ),
    "ck-eas-myopathy": (
        "statin + symptoms: myopathy (EAS 2015)",
        OCHRE,
        {"meaning": ("myopathy",), "setting": ("statin", "symptoms", "EAS", "2015")},
    ),
    "ck-rhabdo-mild": (
        "rhabdomyolysis, if acute (review 2020)",
        RED,
        {"meaning": ("rhabdomyolysis",), "setting": ("acute", "review of 2020")},
    ),
    "ck-primary-muscle": (
        "probably primary muscle (review 2018)",
        GREY,
        {"ask": ("probably have a primary muscle disorder",), "extra": ("2018 review",)},
    ),
    "ck-eas-asymptomatic": (
        "statin, no symptoms: repeat (EAS 2015)",
        OCHRE,
        {"meaning": ("repeat",), "setting": ("statin", "without symptoms", "EAS", "2015")},
    ),
    "ck-biopsy-efns": (
        "biopsy, if few symptoms (EFNS 2010)",
        GREY,
        {
            "meaning": ("considering a muscle biopsy",),
            "setting": ("few or no symptoms", "EFNS 2010"),
        },
    ),
    "ck-hyperckaemia": (
        "hyperCKaemia (EFNS 2010)",
        GREY,
        {"meaning": ("hyperCKaemia",), "setting": ("EFNS", "2010")},
    ),
}


def _x(level: Decimal | float) -> float:
    """Return where a CK in U/L lies on the log axis."""
    share = (log10(level) - log10(_LOW)) / (log10(_HIGH) - log10(_LOW))
    return _LEFT + share * (_RIGHT - _LEFT)


def draw(facts: Facts) -> Sheet:
    """Draw the figure: levels by disease above, thresholds below, on one axis."""
    sheet = Sheet(facts, "CK across muscle disease")
    rungs = sorted(
        (
            (fact, bound, limit, _in_units(bound, limit))
            for fact, bound, limit in facts.thresholds("CK")
        ),
        key=lambda rung: (-rung[3], rung[0].id),
    )
    facts.read.clear()  # each rung notes its own fact
    limits = {limit.low for _, _, limit, _ in rungs} or {Decimal(200)}
    uln = max(limits)

    top = sheet.heading(MARGIN, "Reported or defined levels (log scale)") + 20
    last = top + 6 * _ROW
    second = last + 50
    bottom = second + len(rungs) * _ROW
    _grid(sheet, uln, top, 6)
    said = _levels(sheet, facts, uln, top)
    sheet.heading(last + 4, "Thresholds")
    _grid(sheet, uln, second, len(rungs))
    spoken = []
    for i, (fact, bound, _, level) in enumerate(rungs):
        y = second + i * _ROW
        with sheet.part(fact.id):
            label, tone, relies = _RUNGS.get(fact.id, (fact.meaning, GREY, {}))
            facts.text(fact.id, "bound")
            for part, words in relies.items():
                facts.label(label, fact.id, part, says=words)
            _row(sheet, y, label, str(bound), tone)
            x, base = _x(level), y + 23
            sheet.bar(x, _RIGHT - 7, base, 4, tone.wash)
            sheet.line((x, base), (x + 22, base), stroke=tone.strong, arrow=True)
            sheet.line((x, base - 6), (x, base + 6), stroke=tone.strong, width=2.5)
        spoken.append(f"{bound} {label}")
    overlap = facts.label(
        "Checkpoint inhibitor with myocarditis: CK can reach thousands.",
        "ck-by-disease",
        "level",
        "ici",
        "extra",
        says=("overlap with myocarditis, CK can reach thousands",),
    )
    y = sheet.block(
        MARGIN,
        bottom + 6,
        WIDTH - 2 * MARGIN,
        Words("IMNM: bar, medians of three cohorts; line, range of one", fill=SOFT),
        Words(f"Drawn with an upper limit of normal (ULN) of {uln} U/L.", fill=SOFT),
        Words("* with renal impairment or myoglobinuria", fill=SOFT),
        Words(overlap, fill=SOFT),
    )
    sheet.height = y
    sheet.alt = (
        f"CK on a log scale, drawn with an upper limit of normal of {uln} U/L. "
        f"Reported or defined levels: {'; '.join(said)}. "
        f"Thresholds from the highest to the lowest: {'; '.join(spoken)}. "
        f"The star means: with renal impairment or myoglobinuria. {overlap}"
    )
    return sheet


def _levels(sheet: Sheet, facts: Facts, uln: Decimal, top: float) -> list[str]:
    """Draw the levels by disease; returns what they say."""
    table = "ck-by-disease"
    said: list[str] = []

    def row(id_: str, name: str, value: str, tone: Tone) -> float:
        y = top + len(said) * _ROW
        _row(sheet, y, name, value, tone)
        said.append(f"{name} {value}")
        return y + 23

    with sheet.part("level-imnm"):
        low, high = facts.numbers(r"([\d,]+)-([\d,]+) U/L", "ck-imnm-medians", "answer")
        least, most = facts.numbers(r"range ([\d,]+)-([\d,]+)", "ck-imnm-medians", "extra")
        name = facts.text(table, "entities", "imnm")
        y = row("imnm", name, f"medians {low:,}–{high:,} U/L", TEAL)
        sheet.line((_x(least), y), (_x(most), y), stroke=TEAL.strong)
        for end in (least, most):
            sheet.line((_x(end), y - 4), (_x(end), y + 4), stroke=TEAL.strong)
        sheet.bar(_x(low), _x(high), y, 11, TEAL.strong)
        facts.label(
            "three cohorts",
            "ck-imnm-medians",
            "question",
            says=("Mayo NAM (2015)", "Mayo IMNM (2020)", "New Zealand anti-HMGCR (2024)"),
        )
        said[-1] += f" (Mayo 2015 and 2020, New Zealand 2024, range there {least:,}–{most:,} U/L)"
    with sheet.part("level-ibm"):
        (ceiling,) = facts.numbers(r"at most (\d+) × ULN \(ENMC 2011", table, "level", "ibm")
        y = row(
            "ibm",
            facts.text(table, "entities", "ibm"),
            f"at most {ceiling} × ULN (ENMC 2011)",
            GREY,
        )
        _up_to(sheet, y, ceiling * uln)
    with sheet.part("level-chloroquine"):
        most, patients, year = facts.numbers(
            r"up to about ([\d,]+) U/L \((\d+) patients, (\d{4})\)", table, "level", "cq"
        )
        name = facts.label(
            "(hydroxy)chloroquine",
            table,
            "entities",
            "cq",
            says=("hydroxychloroquine or chloroquine",),
        )
        y = row("cq", name, f"≤ {most:,} U/L ({patients} patients, {year})", GREY)
        _up_to(sheet, y, most)
    with sheet.part("level-als"):
        (
            share,
            bar,
        ) = facts.numbers(r"(\d+)% below ([\d,]+) U/L", table, "level", "als")
        patients, year = facts.numbers(r"\((\d+) patients, (\d{4})\)", table, "raised", "als")
        value = f"{share}% of {patients} < {bar:,} U/L ({year})"
        y = row("als", facts.text(table, "entities", "als"), value, GREY)
        _up_to(sheet, y, bar)
    with sheet.part("level-checkpoint"):
        median, year = facts.numbers(r"median ([\d,]+) U/L, (\d{4})", table, "level", "ici")
        name = facts.label(
            "checkpoint inhibitor",
            table,
            "entities",
            "ici",
            says=("checkpoint-inhibitor myopathy",),
        )
        y = row("ici", name, f"median {median:,} U/L ({year})", GREY)
        sheet.dot(_x(median), y, 5, GREY)
    with sheet.part("level-statin-myalgia"):
        facts.label("normal", table, "level", "statin", says=("normal (EAS 2015",))
        y = row("statin", facts.text(table, "entities", "statin"), "normal (EAS 2015)", GREY)
        _up_to(sheet, y, uln)
    return said


def _row(sheet: Sheet, y: float, name: str, value: str, tone: Tone) -> None:
    sheet.text(
        _LEFT, y + 12, Words(name, fill=INK if tone is GREY else tone.strong, bold=tone is TEAL)
    )
    sheet.text(_RIGHT, y + 12, Words(value, fill=SOFT if tone is GREY else tone.strong), "end")


def _up_to(sheet: Sheet, y: float, level: Decimal) -> None:
    """Draw a bar from the left edge up to a level, which an upright stroke closes."""
    sheet.bar(_LEFT, _x(level), y, 9, "#d9d6cc")
    sheet.line((_x(level), y - 6), (_x(level), y + 6), stroke=SOFT, width=2.5)


def _grid(sheet: Sheet, uln: Decimal, top: float, rows: int) -> None:
    """Draw the lines of the axis behind the marks of each row, with their numbers above."""
    for level, name in ((uln, "ULN"), (1_000, "1,000"), (10_000, "10,000 U/L")):
        x = _x(level)
        sheet.text(x, top - 6, Words(name, fill=SOFT), "middle")
        for row in range(rows):
            y = top + row * _ROW + 23
            sheet.line((x, y - 7), (x, y + 7), width=1)


def _in_units(bound: Quantity, limit: Quantity) -> Decimal:
    """Return a bound in the unit of its upper limit."""
    return bound.low * limit.low if bound.in_uln else bound.low
