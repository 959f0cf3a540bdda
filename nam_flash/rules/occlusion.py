"""A label of an occlusion fact cannot be hidden, or its drawing has no certain size.

Masks lie where the elements of the SVG lie, so every ``element`` must be the id of something that
is drawn, inside of the viewBox. Two labels whose masks share more than a quarter of the smaller one
would hide, or give away, each other; and an answer that can be read elsewhere in the drawing is no
question. Numbers count from 1 without a gap, as they are the identity of the cards. The drawing
needs a ``viewBox``, and ``width`` and ``height`` of the same proportions, else devices disagree on
its size and the masks lie beside it. The examples use the drawing that ``nam-flash init`` makes.

Source: Anki manual, "Image Occlusion", docs.ankiweb.net. W3C, SVG 2, "The viewBox attribute".
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF033",
    severity="error",
    manual=__doc__ or "",
    bad="""\
- id: fibre-parts
  kind: occlusion
  topic: first/alpha
  level: core
  figure: drawing
  question: Which part of the muscle fibre is hidden?
  labels:
    - {element: label-membran, number: 1, answer: membrane}
    - {element: label-nucleus, number: 2, answer: nucleus}
  cite: [smith2020]
""",
    good="""\
- id: fibre-parts
  kind: occlusion
  topic: first/alpha
  level: core
  figure: drawing
  question: Which part of the muscle fibre is hidden?
  labels:
    - {element: label-membrane, number: 1, answer: membrane}
    - {element: label-nucleus, number: 2, answer: nucleus}
  cite: [smith2020]
""",
)
