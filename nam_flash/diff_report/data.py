"""A diff as JSON: everything that is known, fields as HTML (docs/instructors.md says how)."""

import json
from dataclasses import asdict
from typing import Any

from nam_flash.diff import Change, Diff


def render(diff: Diff) -> str:
    """Return the diff as indented JSON."""
    value = {
        "old": asdict(diff.old),
        "new": asdict(diff.new),
        "counts": diff.counts,
        "costs": [asdict(cost) for cost in diff.costs],
        "changes": [_change(change) for change in diff.changes],
        "note_types": [asdict(change) for change in diff.types],
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _change(change: Change) -> dict[str, Any]:
    value = asdict(change)
    value["tags"] = {"added": value.pop("tags_added"), "removed": value.pop("tags_removed")}
    for name in ("ords", "deck"):
        value[name] = dict(zip(("before", "after"), value[name], strict=True))
    return value
