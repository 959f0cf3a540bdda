"""The muscle problems of statin users, from myalgia to anti-HMGCR disease."""

from typing import Final

from nam_flash.figures.facts import Facts
from nam_flash.figures.sheet import (
    GREY,
    LINE,
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

_TABLE: Final = "drug-statin-muscle-spectrum"
_TONES: Final[dict[str, Tone]] = {"myalgia": GREY, "toxic": OCHRE, "rhabdo": RED, "imnm": TEAL}
_WIDE: Final = WIDTH - 2 * MARGIN
_INNER: Final = 12
#: Where the values of the rows begin.
_VALUES: Final = MARGIN + 118


def draw(facts: Facts) -> Sheet:
    """Draw the figure: three toxic problems below each other, then the autoimmune one apart."""
    sheet = Sheet(facts, "Muscle problems on a statin")
    names = {
        "ck": facts.label("CK", _TABLE, "title", says=("statin",)),
        "antibody": "Anti-HMGCR",
        "withdrawal": "Statin stopped",
        "rate": "How often",
        "tempo": "Tempo",
        "cause": "Cause",
    }
    facts.read.clear()
    y = float(MARGIN)
    said: list[str] = []
    more = _more(facts)
    with sheet.part("heading-toxic"):
        facts.label("Not autoimmune", _TABLE, "extra", says=("toxic from autoimmune disease",))
        y = sheet.heading(y, "Not autoimmune")
    for entity in ("myalgia", "toxic", "rhabdo"):
        y = _card(sheet, facts, entity, names, more, y, said) + 9
    y += 6
    sheet.line((MARGIN, y), (WIDTH - MARGIN, y), stroke=LINE, width=1.5, dashed=True)
    y += 10
    with sheet.part("heading-autoimmune"):
        facts.label("autoimmune", _TABLE, "extra")
        y = sheet.heading(y, "Autoimmune")
    y = _card(sheet, facts, "imnm", names, more, y, said) + 10
    with sheet.part("rule"):
        extra = facts.text(_TABLE, "extra")
        y = sheet.block(MARGIN + 2, y, _WIDE - 4, Words(extra, fill=SOFT))
    sheet.height = y
    sheet.alt = f"Muscle problems on a statin. {'; '.join(said)}. {extra}"
    return sheet


#: What the table does not hold: row, text, the fact that says so.
_Rows = dict[str, list[tuple[str, str, str]]]


def _more(facts: Facts) -> _Rows:
    """Return what further facts say on each problem."""
    share, risk = "drug-statin-symptoms-share", "epidemiology-statin-user-risk"
    tempo, cause = "rhabdo-tempo-beats-ck", "drug-statin-normal-ck-term"
    often = (
        f"{facts.text(share, 'text', 1)} in registries (EAS {facts.year(share, 'text')}; "
        "CK normal or slightly raised)"
    )
    facts.label(often, share, "text", says=("with a normal or slightly raised CK", "registries"))
    yearly = facts.label(
        "a year, users over 40, New Zealand (2024)",
        risk,
        "question",
        says=("yearly", "New Zealand statin users over 40 (2024)"),
    )
    rows: _Rows = {
        "myalgia": [
            (
                "cause",
                facts.label(
                    "uncertain (EAS 2015)",
                    cause,
                    "question",
                    says=("EAS panel (2015) call causality uncertain",),
                ),
                cause,
            ),
            ("rate", often, share),
        ],
        "toxic": [("rate", f"{facts.text(share, 'text', 2)} (EAS: true myopathy)", share)],
        "rhabdo": [
            (
                "tempo",
                facts.label("acute", tempo, "answer", says=("acute in rhabdomyolysis",)),
                tempo,
            )
        ],
        "imnm": [
            (
                "tempo",
                facts.label(
                    "mostly subacute or chronic",
                    tempo,
                    "answer",
                    says=("mostly subacute or chronic in IMNM",),
                ),
                tempo,
            ),
            ("rate", f"{facts.text(risk, 'answer')} {yearly}", risk),
        ],
    }
    facts.read.clear()
    return rows


def _card(
    sheet: Sheet,
    facts: Facts,
    entity: str,
    names: dict[str, str],
    more: _Rows,
    y: float,
    said: list[str],
) -> float:
    """Draw one problem with what the table knows of it. Returns the y of its bottom."""
    fact = {f.id: f for f in facts.library.facts}.get(_TABLE)
    tone = _TONES[entity]
    with sheet.part(entity):
        name = facts.text(_TABLE, "entities", entity)
        rows = [
            (names[attribute.id], facts.text(_TABLE, attribute.id, entity))
            for attribute in getattr(fact, "attributes", ())
            if entity in attribute.cells
        ]
        for row, text, id_ in more[entity]:
            facts.read.append(id_)
            rows.append((names[row], text))
        values = MARGIN + _WIDE - _VALUES - _INNER
        height = 28 + sum(_height(text, values) for _, text in rows) + 4
        sheet.rect(MARGIN, y, _WIDE, height, tone)
        line = sheet.block(
            MARGIN + _INNER, y + 6, _WIDE, Words(name, 14, bold=True, fill=tone.strong)
        )
        for label, text in rows:
            sheet.block(MARGIN + _INNER, line, 110, Words(label, fill=SOFT))
            if label == names["antibody"]:
                sheet.dot(_VALUES + 6, line + 8.5, 5.5, tone, filled=text == "positive")
                sheet.block(_VALUES + 18, line, values, Words(text))
            else:
                sheet.block(_VALUES, line, values, Words(text))
            line += _height(text, values)
        said.append(f"{name}: " + ", ".join(f"{label} {text}" for label, text in rows))
    return y + height


def _height(text: str, width: float) -> float:
    return len(Words(text).lines(width)) * 13 * 1.25 + 4
