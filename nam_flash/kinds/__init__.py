"""The kinds of fact: what an author can write. One file each; the table is the registry."""

from typing import Final

from nam_flash.kinds.basic import Basic
from nam_flash.kinds.cloze import Cloze
from nam_flash.kinds.comparison import Comparison
from nam_flash.kinds.draft import Desk, Draft
from nam_flash.kinds.occlusion import Occlusion
from nam_flash.kinds.threshold import Threshold
from nam_flash.kinds.vignette import Vignette

__all__ = ["KINDS", "AnyFact", "Desk", "Draft", "kind_of"]

AnyFact = Basic | Cloze | Comparison | Threshold | Vignette | Occlusion

#: What ``kind:`` may say.
KINDS: Final[dict[str, type[AnyFact]]] = {
    "basic": Basic,
    "cloze": Cloze,
    "comparison": Comparison,
    "threshold": Threshold,
    "vignette": Vignette,
    "occlusion": Occlusion,
}

_NAMES: Final = {shape: name for name, shape in KINDS.items()}


def kind_of(fact: object) -> str:
    """Return the name of the kind of a fact."""
    return _NAMES[type(fact)]  # type: ignore[index]
