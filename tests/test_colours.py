"""The colours of the cards: legible in every mode, and to those who see fewer of them."""

import re

import pytest

from nam_flash.notetypes import BASIC

Colour = tuple[float, float, float]

#: Text on what lies behind it: WCAG 2.2, 1.4.3 asks for 4.5:1.
TEXT = [
    *((text, "paper") for text in ("ink", "soft", "key")),
    *((text, "key-wash") for text in ("ink", "soft", "key")),
    *((text, "warn-wash") for text in ("ink", "warn", "key")),
    *((text, "stop-wash") for text in ("ink", "stop", "key")),
    *((text, "own-wash") for text in ("ink", "own", "key")),
]

#: Edges that mark something, on the paper: WCAG 2.2, 1.4.11 asks for 3:1.
EDGES = ["key", "warn", "stop", "own"]

#: Where the colours of a mode stand in the style.
BLOCKS = {
    "light": r"^\.card \{(.*?)\}",
    "night": r"^\.night_mode \.card \{(.*?)\}",
    "print": r"^  \.night_mode \.card \{(.*?)\}",
}

#: What is left of linear red, green and blue without one kind of cone: Machado, Oliveira and
#: Fernandes, IEEE Trans Vis Comput Graph 2009;15(6):1291-8, severity 1.0.
SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
}


def colours(mode: str) -> dict[str, Colour]:
    """The custom properties of a mode that are colours, as linear red, green and blue, 0 to 1."""
    match = re.search(BLOCKS[mode], BASIC.css, re.MULTILINE | re.DOTALL)
    assert match
    found = re.findall(r"--nf-([a-z-]+): #([0-9a-f]{6}|[0-9a-f]{3})\b", match[1])
    return {name: linear(digits) for name, digits in found}


def linear(digits: str) -> Colour:
    """sRGB to linear light, as WCAG defines relative luminance."""
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    values = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def luminance(colour: Colour, sight: str) -> float:
    seen = [
        min(1.0, max(0.0, sum(w * c for w, c in zip(row, colour, strict=True))))
        for row in SIGHT[sight]
    ]
    return 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]


def contrast(one: Colour, other: Colour, sight: str = "full") -> float:
    dark, light = sorted((luminance(one, sight), luminance(other, sight)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("000000", "fff", 21.0), ("767676", "ffffff", 4.54), ("ff0000", "ffffff", 4.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(linear(one), linear(other)) == pytest.approx(expected, abs=0.005)


def test_the_simulation_loses_red_and_green() -> None:
    red, green = linear("ad4035"), linear("5d6b1c")
    assert contrast(red, green, "deuteranopia") != pytest.approx(contrast(red, green), abs=0.05)
    white = linear("fff")
    for sight in SIGHT:
        assert luminance(white, sight) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("mode", BLOCKS)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_legible(text: str, ground: str, mode: str, sight: str) -> None:
    palette = colours(mode)
    assert contrast(palette[text], palette[ground], sight) >= 4.5


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("mode", BLOCKS)
@pytest.mark.parametrize("edge", EDGES)
def test_marks_are_visible(edge: str, mode: str, sight: str) -> None:
    palette = colours(mode)
    assert contrast(palette[edge], palette["paper"], sight) >= 3


def test_every_colour_is_compared() -> None:
    compared = {name for pair in TEXT for name in pair} | {*EDGES}
    decoration = {"line", "mat"}  # table lines and the paper of figures carry no meaning
    assert set(colours("light")) == set(colours("night")) | {"mat"} == compared | decoration
