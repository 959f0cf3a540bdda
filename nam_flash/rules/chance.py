"""How often chance alone would do it, for the rules that look at a whole deck."""

from math import exp, lgamma, log
from typing import Final

#: Fewer vignettes than this cannot show a habit of their author.
MIN_VIGNETTES: Final = 20

#: A habit is reported when chance alone would make it in fewer than one of a hundred decks.
RARE: Final = 0.01


def at_least(hits: int, tries: int, chance: float) -> float:
    """Return the probability of ``hits`` or more in ``tries`` that each succeed with ``chance``."""
    return sum(
        exp(
            lgamma(tries + 1) - lgamma(n + 1) - lgamma(tries - n + 1)
            + n * log(chance) + (tries - n) * log(1 - chance)
        )
        for n in range(hits, tries + 1)
    )  # fmt: skip
