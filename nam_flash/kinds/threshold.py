"""Kind ``threshold``: a number to know, asked in both directions.

Laboratories differ in their upper limit of normal (ULN), so thresholds are written in the unit of
the source and the program does the arithmetic between multiples of the ULN and absolute values.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Annotated, Final

from nam_flash.fact import Fact
from nam_flash.kinds.draft import Desk, Draft
from nam_flash.markup import together
from nam_flash.reader import Form, Line, Text, about

_NUMBER: Final = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_QUANTITY: Final = re.compile(
    rf"(?P<sign>>=|<=|>|<|about|up to)?\s*(?P<low>{_NUMBER})"
    rf"(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>[^\s0-9.,][^\n]*)"
)
_SIGNS: Final = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "about": "about ", "up to": "up to "}

Bound = Annotated[
    str,
    Form(
        "a bound such as '> 10 xULN' or '3-10 xULN': comparator or range, number, unit",
        _QUANTITY.pattern.replace("?P<sign>", "")
        .replace("?P<low>", "")
        .replace("?P<high>", "")
        .replace("?P<unit>", ""),
    ),
]
Limit = Annotated[
    str, Form("an upper limit with its unit, such as 200 U/L", rf"(?:{_NUMBER})\s*[^\s0-9.,][^\n]*")
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A bound, taken apart: ``low`` and ``high`` (None unless a range) in ``unit``."""

    sign: str
    low: Decimal
    high: Decimal | None
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Quantity":
        """Parse what `Bound` accepts."""
        match = _QUANTITY.fullmatch(text.strip())
        if match is None:
            raise ValueError(text)
        high = match["high"]
        return cls(
            _SIGNS.get(match["sign"] or "", ""),
            _decimal(match["low"]),
            _decimal(high) if high else None,
            match["unit"].strip(),
        )

    def __str__(self) -> str:
        """Return ``> 10 × ULN`` or ``3–10 × ULN`` or ``> 2,000 U/L``."""
        span = _format(self.low) + (f"–{_format(self.high)}" if self.high is not None else "")
        unit = "× ULN" if self.in_uln else self.unit
        return f"{self.sign}{span}{'' if unit == '%' else ' '}{unit}"

    @property
    def in_uln(self) -> bool:
        """Whether the unit is the upper limit of normal."""
        return self.unit.replace("×", "x").replace(" ", "").lower() == "xuln"

    def times(self, factor: Decimal, unit: str) -> "Quantity":
        """Return the same bound in another unit."""
        high = None if self.high is None else self.high * factor
        return Quantity(self.sign, self.low * factor, high, unit)

    def rounded(self) -> "Quantity":
        """Return the bound in three significant digits: a ULN is no more exact than that."""
        high = None if self.high is None else _round(self.high)
        return Quantity(self.sign, _round(self.low), high, self.unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold(Fact):
    """A bound of an analyte in a setting, and what it means."""

    analyte: Line = field(metadata=about("What is measured, such as CK."))
    bound: Bound = field(metadata=about("Comparator or range, number and unit: '> 10 xULN'."))
    setting: Line = field(metadata=about("The population or situation."))
    meaning: Text = field(metadata=about("What the bound marks, as a noun phrase."))
    uln: Limit = field(
        default="", metadata=about("An upper limit of normal for the arithmetic: '200 U/L'.")
    )
    ask: Text = field(default="", metadata=about("The question for the bound; else made up."))
    reverse: Text = field(default="", metadata=about("The question for the meaning; else made up."))

    def drafts(self, desk: Desk) -> Iterator[Draft]:
        """Yield the one note: its first card asks for the bound, its second for the meaning."""
        bound = Quantity.parse(self.bound)
        if bound.in_uln and not self.uln:
            desk.side(self).problem(
                "NF011",
                "a bound in xULN without 'uln'",
                "uln: 200 U/L (for the arithmetic)",
                "",
                "bound",
            )
        ask = self.ask or f"{self.setting}: which {self.analyte} marks {self.meaning}?"
        reverse = self.reverse or f"{self.setting}: what does {self.analyte} {bound} mark?"
        side = desk.side(self, ask, str(bound))
        back = desk.side(self, reverse, self.meaning)
        fields = {
            "Question": side(ask, "ask"),
            "Answer": side(f"{self.analyte} {bound}", "bound"),
            "Reverse Question": back(reverse, "reverse"),
            "Reverse Answer": back(self.meaning, "meaning"),
            "Detail": self._arithmetic(bound, desk),
        }
        extra = together(side, back)(self.extra, "extra")
        yield Draft("basic", fields, (0, 1), extra=extra, cite=self.cite)

    def _arithmetic(self, bound: Quantity, desk: Desk) -> str:
        """Return the step between multiples of the ULN and absolute values, as HTML."""
        if not self.uln:
            return ""
        limit = Quantity.parse(self.uln)
        if bound.in_uln:
            factor, unit = limit.low, limit.unit
        elif bound.unit == limit.unit:
            factor, unit = 1 / limit.low, "xULN"
        else:
            desk.side(self).problem(
                "NF014", f"a ULN in {limit.unit}", f"a ULN in {bound.unit}", "", "uln"
            )
            return ""
        bare = replace(bound, sign="")
        exact, rounded = bare.times(factor, unit), bare.times(factor, unit).rounded()
        sign = "=" if exact == rounded else "≈"
        how = f"{bare} {sign} {rounded} where the ULN is {limit}"
        return f'<p class="arithmetic">{html.escape(how, quote=False)}</p>'


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _round(value: Decimal) -> Decimal:
    return value if value == 0 else round(value, 2 - value.adjusted())


def _format(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
