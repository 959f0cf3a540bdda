"""Notes come or change under the number of a release that is made.

The lock knows which releases were made, and of each note the release in which it last changed.
From that the update packs are made. A change under an old number would be in no pack, and two
packages with the same number would differ. Raise ``version`` in the recipe before the first change
after a release. The examples are recipes, in a base that has released 0.1.0.

Source: docs/architecture.md, "Identity and stamps"; Semantic Versioning 2.0.0, item 3: what is
released under a number is never changed.
"""

from typing import Final

from nam_flash.rules.rule import Rule

RULE: Final = Rule(
    code="NF047",
    severity="error",
    manual=__doc__ or "",
    bad="""\
name: Test
namespace: test
version: 0.1.0
description: A deck for tests.
licence: CC BY 4.0
packages: [{file: test.apkg, title: The whole}]
""",
    good="""\
name: Test
namespace: test
version: 0.2.0
description: A deck for tests.
licence: CC BY 4.0
packages: [{file: test.apkg, title: The whole}]
""",
)
