"""Cancer risk of an adult with IMNM by IMACS 2023: factors, level, panels."""

from typing import Final

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import (
    GREY,
    MARGIN,
    OCHRE,
    RED,
    SOFT,
    WIDTH,
    Sheet,
    Tone,
    Words,
    box_height,
)

_FACTORS: Final = "imacs-imnm-factors"
_LEVELS: Final = "imacs-risk-levels"
#: Grade of a factor, or level of risk -> its tone.
_TONES: Final[dict[str, Tone]] = {
    "high": RED,
    "intermediate": OCHRE,
    "low": GREY,
    "mod": OCHRE,
    "std": GREY,
}
_WIDE: Final = WIDTH - 2 * MARGIN
_GAP: Final = 8


def draw(facts: Facts) -> Sheet:
    """Draw the figure: factors by grade, how they are counted, what each level calls for."""
    sheet = Sheet(facts, "Cancer screening in IMNM (IMACS 2023)")
    y, factors = _factors(sheet, facts, float(MARGIN))
    y = sheet.heading(y + 12, "2  Count them: the level")
    y, levels = _levels(sheet, facts, y)
    y = sheet.heading(y + 12, "3  Search at diagnosis")
    y, panels = _panels(sheet, facts, y)
    with sheet.part("scope"):
        years = facts.text("imacs-scope", "text", 1)
        scope = facts.label(
            f"Adults diagnosed within {years} years of symptom onset",
            "imacs-scope",
            "text",
            says=("adults diagnosed with IIM within", "years of symptom onset"),
        )
        note = facts.label(
            "Grades as BMJ Best Practice restates the guideline.",
            _FACTORS,
            "extra",
            says=("as BMJ Best Practice restates the guideline",),
        )
        y = sheet.block(
            MARGIN + 2, y + 8, _WIDE - 4, Words(f"{scope}.", fill=SOFT), Words(note, fill=SOFT)
        )
    sheet.height = y
    sheet.alt = (
        f"IMACS 2023 grades single factors of an adult with IMNM: {factors}. "
        f"They are counted: {levels}. Search at diagnosis: {panels}. {scope}."
    )
    return sheet


def _factors(sheet: Sheet, facts: Facts, y: float) -> tuple[float, str]:
    """Draw the factors in a column for each grade."""
    y = sheet.heading(y, "1  Grade the factors (not all listed)")
    table = {f.id: f for f in facts.library.facts}.get(_FACTORS)
    grades: dict[str, list[str]] = {"high": [], "intermediate": [], "low": []}
    for entity in getattr(table, "entities", {}):
        grades.setdefault(facts.text(_FACTORS, "grade", entity), []).append(entity)
    facts.read.clear()
    width = (_WIDE - 2 * _GAP) / 3
    bottom, said = y, []
    for i, (grade, entities) in enumerate(grades.items()):
        x, row = MARGIN + i * (width + _GAP), y
        tone = _TONES.get(grade, GREY)
        with sheet.part(f"grade-{grade or 'unread'}"):
            facts.read.append(_FACTORS)
            row = (
                sheet.block(
                    x + width / 2, row, width, Words(grade, 14, True, tone.strong), anchor="middle"
                )
                + 2
            )
        names = []
        for entity in entities:
            with sheet.part(f"factor-{entity}"):
                facts.text(_FACTORS, "grade", entity)
                names.append(facts.text(_FACTORS, "entities", entity))
                row = sheet.box(x, row, width, tone, Words(names[-1]), anchor="middle", pad=7) + 6
        said.append(f"{grade}: {', '.join(names)}")
        bottom = max(bottom, row)
    return bottom, "; ".join(said)


def _levels(sheet: Sheet, facts: Facts, y: float) -> tuple[float, str]:
    """Draw the levels below each other with the count that makes them and what they call for."""
    said = []
    for entity, extra in (("high", ("negative", "later")), ("mod", ()), ("std", ())):
        tone = _TONES[entity]
        with sheet.part(f"level-{entity}"):
            name = facts.text(_LEVELS, "entities", entity)
            rule = facts.text(_LEVELS, "rule", entity)
            panel = facts.text(_LEVELS, "panel", entity)
            more = ""
            if extra:
                negative, later = (facts.text(_LEVELS, part, entity) for part in extra)
                facts.label("3 years", _LEVELS, "extra", says=("yearly repeat",))
                facts.label("see guideline", _LEVELS, "later", entity, "extra", says=("guideline",))
                more = (
                    f"If negative at diagnosis, consider {negative}. In the 3 years after onset "
                    f"repeat {later} (which tests: see guideline)"
                )
            texts = [Words(f"{name}: {rule}", 13), Words(f"→ {panel}", 13, True, tone.strong)]
            if more:
                texts.append(Words(more))
            y = sheet.box(MARGIN, y, _WIDE, tone, *texts) + 7
        said.append(
            f"{name}, {rule}: {panel}" + (f" ({more[0].lower()}{more[1:]})" if more else "")
        )
    return y - 7, "; ".join(said)


def _panels(sheet: Sheet, facts: Facts, y: float) -> tuple[float, str]:
    """Draw the two panels beside each other."""
    width = (_WIDE - 34) / 2
    with sheet.part("panel-basic"):
        radiograph = facts.text("imacs-panels", "text", 1)
        laboratory = facts.label("preliminary laboratory tests", "imacs-panels", "text")
        basic = (Words("basic panel", 14, True), Words(f"includes {radiograph} and {laboratory}"))
        enhanced = (
            Words("enhanced panel", 14, True),
            Words(
                f"adds, among others, {facts.text('imacs-panels', 'text', 2)} "
                f"and {facts.text('imacs-panels', 'text', 3)}"
            ),
        )
        height = max(box_height(width, *basic), box_height(width, *enhanced))
        bottom = sheet.box(MARGIN, y, width, GREY, *basic, height=height)
    with sheet.part("panel-enhanced"):
        facts.label("the enhanced panel adds", "imacs-panels", "text")
        sheet.text(WIDTH / 2, y + height / 2 + 7, Words("+", 20, True), "middle")
        sheet.box(MARGIN + width + 34, y, width, OCHRE, *enhanced, height=height)
    with sheet.part("panel-age"):
        checks = facts.label(
            "Besides, for everyone (reviews): checks for age and sex",
            "cancer-screen-minimum",
            "answer",
            says=("appropriate to age and sex",),
        )
        facts.label(checks, "cancer-screen-minimum", "question", says=("do reviews advise",))
        bottom = sheet.block(MARGIN + 2, bottom + 7, _WIDE, Words(checks))
    said = "; ".join(f"{panel[0].text} {panel[1].text}" for panel in (basic, enhanced))
    return bottom, f"{said}; {checks[0].lower()}{checks[1:]}"
