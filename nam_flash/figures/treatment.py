"""Treatment of IMNM by line and serological subtype, with the kind of evidence behind each."""

from typing import Final

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import (
    BLUE,
    GREY,
    INK,
    MARGIN,
    SOFT,
    TEAL,
    WIDTH,
    Sheet,
    Tone,
    Words,
    box_height,
)

_LINES: Final = "treatment-lines"
_SUBTYPES: Final = "treatment-by-subtype"
_WIDE: Final = WIDTH - 2 * MARGIN
_GAP: Final = 10
_HALF: Final = (_WIDE - _GAP) / 2
_LEFT, _RIGHT = MARGIN, MARGIN + _HALF + _GAP


def draw(facts: Facts) -> Sheet:
    """Draw the figure: from the start, by subtype, when refractory, and rituximab in series."""
    sheet = Sheet(facts, "Treatment of IMNM by line and subtype")
    said: list[str] = []

    def treatment(
        id_: str, entity: str, x: float, y: float, width: float, height: float = 0
    ) -> float:
        """Draw a treatment with its place and its evidence."""
        with sheet.part(id_):
            texts = _treatment(facts, entity)
            said.append(", ".join(words.text for words in texts))
            return sheet.box(x, y, width, GREY, *texts, height=height)

    y = sheet.heading(MARGIN, "First, and early")
    y = treatment("glucocorticoids", "gc", MARGIN, y, _WIDE)
    for x in (_LEFT + _HALF / 2, _RIGHT + _HALF / 2):
        sheet.text(x, y + 15, Words("+", 16, True), "middle")
    names = [facts.text("treatment-csdmard-options", "text", number) for number in (1, 2, 3)]
    drug = facts.label("azathioprine", "treatment-csdmard-options", "text")
    listed = ", ".join((names[0], drug, *names[1:]))
    listed += facts.label(
        " (BSR 2022, all adult IIM)", "treatment-csdmard-options", "text", says=("BSR 2022",)
    )
    facts.label(listed, "treatment-csdmard-options", "extra", says=("all IIM in adults",))
    csdmard = [*_treatment(facts, "dmard"), Words(listed, fill=SOFT)]
    height = max(box_height(_HALF, *texts) for texts in (csdmard, _treatment(facts, "ivig")))
    with sheet.part("csdmard"):
        facts.text("treatment-csdmard-options", "text")
        facts.text(_LINES, "place", "dmard")
        said.append(", ".join(words.text for words in csdmard))
        sheet.box(_LEFT, y + 18, _HALF, GREY, *csdmard, height=height)
    y = treatment("ivig", "ivig", _RIGHT, y + 18, _HALF, height)

    y = sheet.heading(y + 12, "May be effective, by subtype (review, 2018)")
    facts.label(
        "review, 2018", _SUBTYPES, "attributes", "agent", "ask", says=("2018 review single",)
    )
    y = _subtypes(sheet, facts, y, said)

    y = sheet.heading(y + 12, "Refractory disease")
    facts.label("refractory", _LINES, "place", "rtx", says=("refractory disease",))
    facts.label("refractory", _LINES, "place", "tpe", says=("refractory disease",))
    height = max(box_height(_HALF, *_treatment(facts, entity)) for entity in ("rtx", "tpe"))
    treatment("rituximab", "rtx", _LEFT, y, _HALF, height)
    y = treatment("plasma-exchange", "tpe", _RIGHT, y, _HALF, height)

    y = sheet.heading(y + 12, "Rituximab: small, uncontrolled series")
    facts.label(
        "small, uncontrolled", _SUBTYPES, "extra", says=("series are small and uncontrolled",)
    )
    y = _series(sheet, facts, y, said)
    with sheet.part("off-label"):
        year = facts.as_of("treatment-none-approved")
        facts.label("none approved", "treatment-none-approved", "answer", says=("none",))
        note = facts.label(
            f"No drug was approved for IMNM in {year}; use is off-label.",
            "treatment-none-approved",
            "extra",
            says=("used off-label",),
        )
        y = sheet.block(MARGIN + 2, y + 4, _WIDE, Words(note, fill=SOFT))
    sheet.height = y
    sheet.alt = f"Treatment of IMNM. {'; '.join(said)}. {note}"
    return sheet


def _treatment(facts: Facts, entity: str) -> list[Words]:
    """Return the texts of a treatment: name, place, evidence where the table has it."""
    name = facts.text(_LINES, "entities", entity).removeprefix("a ")
    texts = [Words(name, 14, True), Words(facts.text(_LINES, "place", entity))]
    if entity != "dmard":
        texts.append(Words(f"Evidence: {facts.text(_LINES, 'evidence', entity)}", fill=SOFT))
    if entity == "ivig":
        later = facts.label(
            "Guidelines for all myositis: later",
            _LINES,
            "place",
            entity,
            "extra",
            says=("Guidelines for all myositis place IVIG later",),
        )
        texts.append(Words(later, fill=SOFT))
    return texts


def _subtypes(sheet: Sheet, facts: Facts, y: float, said: list[str]) -> float:
    """Draw what is singled out for each seropositive subtype."""
    columns: list[tuple[str, str, float, Tone, list[Words]]] = []
    for entity, x, tone in (("hmgcr", _LEFT, TEAL), ("srp", _RIGHT, BLUE)):
        more = facts.text(_SUBTYPES, "more", entity)
        texts = [
            Words(facts.text(_SUBTYPES, "entities", entity), 14, True, tone.strong),
            Words(facts.text(_SUBTYPES, "agent", entity), 13, True),
            Words(f"Need for drugs beyond steroids: {more} (Japan, 2016)"),
        ]
        if entity == "hmgcr":
            drug = facts.text("lipids-statin-contraindication", "answer")
            facts.label("contraindicated", "lipids-statin-contraindication", "question")
            texts.append(Words(f"{drug}: contraindicated"))
        columns.append((f"subtype-{entity}", entity, x, tone, texts))
    height = max(box_height(_HALF, *texts) for *_, texts in columns)
    for id_, entity, x, tone, texts in columns:
        with sheet.part(id_):
            facts.text(_SUBTYPES, "agent", entity)
            if entity == "hmgcr":
                facts.text("lipids-statin-contraindication", "answer")
            sheet.box(x, y, _HALF, tone, *texts, height=height)
        said.append(", ".join(words.text for words in texts))
    return y + height


def _series(sheet: Sheet, facts: Facts, y: float, said: list[str]) -> float:
    """Draw the series of rituximab, a dot for each patient, filled for those who benefited."""
    (first, of_first) = facts.numbers(r"(\d+) of (\d+)", _SUBTYPES, "rituximab", "hmgcr")
    pattern = r"(\d+) of (\d+) and (\d+) of (\d+)"
    second, of_second, third, of_third = facts.numbers(pattern, _SUBTYPES, "rituximab", "srp")
    cell = (_SUBTYPES, "rituximab", "srp", "extra")
    (eight,) = facts.numbers(r"eight \((\d{4})\) were refractory", *cell)
    (hopkins,) = facts.numbers(r"Johns Hopkins cohort \((\d{4})\)", *cell)
    (nine,) = facts.numbers(
        r"series \(\d{4}-(\d{4})\)", _SUBTYPES, "attributes", "rituximab", "ask"
    )
    facts.label("refractory", _SUBTYPES, "rituximab", "hmgcr", "extra", says=("were refractory",))
    for id_, entity, tone, good, count, when in (
        ("series-hmgcr", "hmgcr", TEAL, first, of_first, f"refractory, {nine}"),
        ("series-srp-refractory", "srp", BLUE, second, of_second, f"refractory, {eight}"),
        ("series-srp-cohort", "srp", BLUE, third, of_third, f"Johns Hopkins, {hopkins}"),
    ):
        with sheet.part(id_):
            name = facts.text(_SUBTYPES, "entities", entity).removesuffix(" IMNM")
            facts.numbers(r"(\d+) of", _SUBTYPES, "rituximab", entity)
            sheet.text(MARGIN + 2, y + 13, Words(name, fill=tone.strong, bold=True))
            sheet.text(
                MARGIN + 92, y + 13, Words(f"{good} of {count} benefited ({when})", fill=INK)
            )
            for i in range(int(count)):
                sheet.dot(MARGIN + 9 + i * 21.5, y + 28, 6.5, tone, filled=i < good)
        said.append(f"rituximab, {name}: {good} of {count} benefited ({when})")
        y += 46
    return y
