"""The lock is damaged, or the namespace or the deck's name is not what shipped.

The lock holds the id and the stamp of every note: without it a build would ship every card a second
time, or no correction. After a merge, delete the marks of the conflict and keep the lines of both
sides; where two notes got one id, delete the line of the newer. Never change the namespace, which
is part of every GUID, or the deck's name. The examples are lines of a lock.

Source: our lock, nam_flash/lock.py. Git's marks of a conflict: git-scm.com/docs/git-merge.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF043",
    severity="error",
    manual=__doc__ or "",
    bad="""\
namespace nam
<<<<<<< HEAD
note hmgcr-statins 1704067200100 1704067200 0.1.0 0.1.0 basic 0 fedcba9876543210
=======
note hmgcr-target 1704067200000 1704067200 0.1.0 0.1.0 basic 0 0123456789abcdef
>>>>>>> new-facts
""",
    good="""\
namespace nam
note hmgcr-statins 1704067200100 1704067200 0.1.0 0.1.0 basic 0 fedcba9876543210
note hmgcr-target 1704067200000 1704067200 0.1.0 0.1.0 basic 0 0123456789abcdef
""",
)
