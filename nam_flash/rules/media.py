"""A picture is missing, has no entry, is of an unknown format, or could do more than draw.

``file`` is relative to the folder of cards and may not lead out of it, as everything in there can
be shipped. Known are SVG, PNG, JPEG and WebP, which Anki shows on every device. Mind capitals in
its name. A picture without an entry in ``figures.yaml`` would lie there unseen, with a licence that
nobody states: give it one or delete it. An SVG is run by the browser that shows it, so scripts,
event handlers, style sheets, links and anything from outside of the file are refused; and it needs
a ``<title>`` and a ``<desc>`` in words, for those who listen to it.

Source: our file format, docs/facts.md. Anki manual, "Media", docs.ankiweb.net. W3C, Web Content
Accessibility Guidelines 2.2, success criterion 1.1.1.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF025",
    severity="error",
    manual=__doc__ or "",
    bad="""\
# cards/figures.yaml
- id: reductase
  file: ../drawings/reductase.svg
  title: HMG-CoA reductase
  alt: The enzyme in the membrane of the endoplasmic reticulum.
  topic: first/alpha
  credit: A. Author
  licence: CC BY 4.0
  cite: [smith2020]
""",
    good="""\
# cards/figures.yaml
- id: reductase
  file: figures/reductase.svg
  title: HMG-CoA reductase
  alt: The enzyme in the membrane of the endoplasmic reticulum.
  topic: first/alpha
  credit: A. Author
  licence: CC BY 4.0
  cite: [smith2020]
""",
)
