"""An abbreviation that the glossary does not know, and that its card does not explain.

Who does not know it cannot answer the card, and does not even see what was asked; who reads another
meaning into it (MAC, RA, MS) learns something wrong. Where it comes up once or twice, write it out.
Otherwise put it into ``glossary.yaml``: the program then adds the long form on its first use in
each card, or, with ``familiar: true``, as a tooltip. That is also how you declare that a name needs
no expansion: trials, genes and cell lines get an entry that says in two words what they are.

Nothing is asked of the names of antibodies (after *anti-*) and of HLA alleles, of Roman numerals,
of cluster numbers such as CD8, of a few signs that every reader knows, of words set in capitals for
stress, and of what the fact itself spells out. Each abbreviation is reported once a file, where it
comes up first.

Source: ICMJE, Recommendations for the conduct, reporting, editing, and publication of scholarly
work in medical journals, section on abbreviations and symbols (spell out at first mention). The
test whether a long form fits follows Schwartz AS, Hearst MA, Pac Symp Biocomput 2003:451-62.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Study

#: Letters and digits; longer ones are words and names (EuroMyositis).
MAX_LENGTH: Final = 6
#: States, units and signs whose long form tells nobody anything.
SIGNS: Final = frozenset("US USA UK EU DNA RNA IU QT QRS ST COVID CO2 H2O".split())
#: A longer word in capitals that also occurs in small letters is stressed, and no abbreviation.
MIN_WORD: Final = 4
#: Shorter words that authors stress with capitals.
STRESSED: Final = frozenset("NO NOT AND OR BUT IF DO TO ALL ANY ONE TWO THE".split())
#: What begins the name of an antibody or an allele.
NAMING: Final = frozenset({"anti", "Anti", "HLA"})

#: Words joined by hyphens, with two capitals somewhere.
_COMPOUND: Final = re.compile(
    r"(?<!mnemonic )(?<![^\W_])(?=[a-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z])"
    r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?![^\W_])"
)
#: Two capitals, also among small letters and digits.
_SHORT: Final = re.compile(r"[a-z]?[A-Z0-9]*[A-Z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*")
#: Roman numerals, cluster numbers, alleles, names such as McArdle.
_NAME: Final = re.compile(r"[IVX]+|CD\d+\w*|D[RPQ][AB]?\d+|Ma?c[A-Z][a-z]+")
#: Two words in capitals side by side, as in a heading.
_SHOUTED: Final = re.compile(r"\b[A-Z]{2,}(?: [A-Z]{2,})+\b")
#: What stands before a sign: mRNA, tRNA, cDNA, dsDNA.
_KINDS: Final = "cdmrst"
_PARENTHESIS: Final = re.compile(r"([^()]*)\(([^()]*)\)")


def check(study: Study) -> Iterator[Finding]:
    """Yield the first use of each unexplained abbreviation in each file."""
    facts = [(fact, [*study.texts(fact)]) for fact in study.library.facts if not fact.retired]
    glossary = study.library.glossary
    known = {part for key in glossary for part in (key, *re.findall(r"[^\W_]+", key))}
    written = {word for _, texts in facts for _, text in texts for word in text.split()}
    words = (word.strip(".,;:?!()") for word in written if word.islower())
    known |= {word.upper() for word in words if len(word) >= MIN_WORD}
    seen: set[tuple[str, str]] = set()
    for fact, texts in facts:
        file = fact.origin.document.path
        for keys, text in texts:
            for short, shown in _unknown(text, known):
                if (file, short) in seen or any(
                    _explains(other, name) for _, other in texts for name in (short, shown)
                ):
                    continue
                seen.add((file, short))
                yield Finding(
                    fact,
                    keys,
                    f"the abbreviation {shown!r}",
                    "an entry in glossary.yaml",
                    "with `familiar: true` where a tooltip is enough",
                )


def _unknown(text: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield each unknown abbreviation with the compound that it stands in (MB, CK-MB)."""
    for compound in _COMPOUND.findall(_SHOUTED.sub(" ", text)):
        parts = compound.split("-")
        if compound in known or parts[0] in NAMING:
            continue
        unknown = [part for part in parts if _is_short(part) and not _is_known(part, known)]
        if unknown:
            shown = (part for part in parts if len(part) <= 2 or _is_short(part))
            yield unknown[0].removesuffix("s"), "-".join(shown)


def _is_short(part: str) -> bool:
    short = part.removesuffix("s")
    return len(short) <= MAX_LENGTH and _SHORT.fullmatch(short) is not None


def _is_known(part: str, known: Collection[str]) -> bool:
    short = part.removesuffix("s")
    bare = short.rstrip("0123456789")
    return (
        short in known
        or bare in known
        or short in STRESSED
        or not SIGNS.isdisjoint((short, bare, bare.lstrip(_KINDS)))
        or _NAME.fullmatch(short) is not None
    )


def _explains(text: str, short: str) -> bool:
    """Tell whether a text is the long form, or gives it before or in a parenthesis."""
    if _spells(text, short):
        return True
    for before, inside in _PARENTHESIS.findall(text):
        if inside.startswith(short):
            nearby = before.split()[-2 * len(short) :]
            if any(_spells(" ".join(nearby[i:]), short) for i in range(len(nearby))):
                return True
        if before.rstrip().endswith(short) and _spells(inside, short):
            return True
    return False


def _spells(long: str, short: str) -> bool:
    """Tell whether ``long`` has the letters of ``short`` in order, beginning with its first.

    A long form has at most twice as many words as its short form has letters.
    """
    if short in long or len(long.split()) > 2 * len(short):
        return False
    rest = iter(long.casefold())
    return long[:1].casefold() == short[0].casefold() and all(
        letter in rest for letter in short.casefold() if letter.isalpha()
    )


RULE: Final = Rule(
    code="NF118",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: methotrexate-ild
  kind: basic
  topic: first/alpha
  level: core
  question: With which organ complication of myositis is MTX used with caution?
  answer: interstitial lung disease
  cite: [smith2020]
""",
    good="""\
- id: methotrexate-ild
  kind: basic
  topic: first/alpha
  level: core
  question: With which organ complication of myositis is methotrexate used with caution?
  answer: interstitial lung disease
  extra: CK and SRP are in the glossary; anti-PM-Scl is the name of an antibody.
  cite: [smith2020]
""",
    check=check,
)
