"""The pictures of cards that the tests compare, and how two pictures are compared."""

from dataclasses import dataclass
from pathlib import Path

import flip_evaluator
import numpy
from PIL import Image

FOLDER = Path(__file__).parents[1] / "fixtures" / "looks"

#: What a learner wrote, for the look of My Notes.
NOTES = "Seen on the ward in March: the drug was gone, the antibody was not."

#: How large the patches are that are compared, in pixels: about a letter.
PATCH = 8

#: How much a patch may differ (0 to 1, see `difference`). Letters drawn a little heavier stay below
#: 0.1; a line that moved by a pixel is above 0.25, and lost colours are more.
TOLERANCE = 0.15


@dataclass(frozen=True, slots=True)
class Look:
    """A side of a card of `facts.yaml`: the note's key, the card's ordinal, My Notes or none."""

    name: str
    key: str
    side: str = "back"
    ord: int = 0
    notes: str = ""


#: Every note type and every state of a card that looks different.
LOOKS = (
    Look("basic-front", "basic", "front"),
    Look("basic-back", "basic"),
    Look("reverse-back", "basic", ord=1),
    Look("figure-back", "figure"),
    Look("my-notes-back", "threshold", ord=1, notes=NOTES),
    Look("threshold-back", "threshold"),
    Look("comparison-back", "comparison/statin/hmgcr"),
    Look("cloze-front", "cloze", "front"),
    Look("cloze-back", "cloze"),
    Look("occlusion-front", "occlusion", "front", ord=1),
    Look("occlusion-back", "occlusion", ord=1),
    Look("vignette-front", "vignette", "front"),
    Look("vignette-back", "vignette"),
    Look("corrected-front", "corrected", "front"),
    Look("corrected-back", "corrected"),
    Look("retired-back", "retired"),
)

#: What differs on paper: these also printed, from a client at night.
PRINTED = ("comparison-back", "vignette-back", "corrected-back")

#: Name -> the client's mode (`reviewer.CLIENTS`), the width in pixels and the medium.
MODES = {
    "light": ("light", 700, "screen"),
    "night": ("night", 700, "screen"),
    "phone": ("light", 390, "screen"),
    "print": ("night", 700, "print"),
}


def palette(picture: Image.Image) -> Image.Image:
    """Return the picture with 256 colours, as it is kept: a fifth of the bytes, and the same."""
    return picture.convert("RGB").quantize(dither=Image.Dither.NONE)


def difference(picture: Image.Image, golden: Image.Image) -> float:
    """Return how much the most different patch of two pictures differs, 0 to 1.

    Measured by FLIP, which models what a person sees who flips between two pictures on a screen
    (Andersson et al., Proc ACM Comput Graph Interact Tech 2020;3(2):15): finer than a letter's
    edge does not count, a faint wash over an area does. The mean would drown what is small; so the
    worst patch counts. Pictures of unlike size differ wholly.
    """
    if picture.size != golden.size:
        return 1.0
    pixels, expected = (
        numpy.asarray(image.convert("RGB"), dtype=numpy.float32) / 255
        for image in (picture, golden)
    )
    if numpy.array_equal(pixels, expected):
        return 0.0
    errors, _, _ = flip_evaluator.evaluate(
        expected, pixels, "LDR", inputsRGB=True, applyMagma=False
    )
    height, width = (size // PATCH for size in expected.shape[:2])
    patches = errors.squeeze()[: height * PATCH, : width * PATCH]
    means = patches.reshape(height, PATCH, width, PATCH).mean(axis=(1, 3))
    return float(means.max())
