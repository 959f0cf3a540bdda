"""A note type has other fields or templates than those that shipped.

Anki answers a field or template that is added, renamed without its id, removed or moved by a copy
of the note type, or by a demand for a full sync, and the learners' notes get no more updates. A
template at the end is no exception. The types are frozen: use a spare field, or make a new type.
The examples are the lines of a lock: the last column is the fingerprint of fields and templates.

Source: Anki manual, "Adding/editing", "Note types", docs.ankiweb.net; docs/architecture.md,
"Identity and stamps".
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF046",
    severity="error",
    manual=__doc__ or "",
    bad="""\
note-type basic 1763769600 SAME_HASH 0000000000000000
""",
    good="""\
note-type basic 1763769600 SAME_HASH SAME_SCHEMA
""",
)
