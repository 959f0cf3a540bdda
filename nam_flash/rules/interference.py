"""Two facts ask nearly the same, and their answers differ.

Prompts that differ in a word or two call up each other's answers: the learner mixes them up and
fails both again and again. What is easily confused should be learnt side by side: put the two into
one comparison, where every card shows the whole table on its back. Where that cannot be done, let
each prompt begin with what tells it apart.

Compared are runs of two words in the prompts of different facts. The cells of one comparison are
side by side already, equal prompts are another problem (same-prompt), and a frame without a common
subject (*What is the most common cause of ...?*) confuses nobody.

Source: Wozniak P. Effective learning: twenty rules of formulating knowledge, 1999, rule 11 (combat
interference). Anki manual, "Leeches" (interference). The limits are ours, measured on our facts and
on public decks.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from nam_flash.rules.rule import Finding, Rule
from nam_flash.rules.study import Prompt, Study
from nam_flash.rules.words import CLASS_WORDS, DEGREE_WORDS, FUNCTION_WORDS, words

#: Shared runs of two words, of all that the two prompts have (Jaccard index).
MIN_ALIKE: Final = 0.45
#: Shared words that name something; fewer, and the prompts have only their frame in common.
MIN_SUBJECT: Final = 3
#: Words in a prompt; shorter ones are alike by chance.
MIN_WORDS: Final = 6
#: A run of words in more facts than this is how a deck asks (*what is the*), and not compared.
MAX_FACTS: Final = 50

#: Numbers in a prompt's signature, and bands of it of which one must match: three numbers each, so
#: that of the pairs at the limit 99.8% are looked at, and of those with a tenth in common 6%.
_NUMBERS: Final = 192
_BANDS: Final = 64
_SEED: Final = 1


def check(study: Study) -> Iterator[Finding]:
    """Yield, of each fact with such a prompt, the one most like an earlier fact's."""
    prompts: list[Prompt] = []
    texts: list[list[str]] = []
    for prompt in study.prompts:
        text = words(prompt.question)
        if prompt.form not in ("case", "picture") and len(text) >= MIN_WORDS:
            prompts.append(prompt)
            texts.append(text)
    runs = _runs(prompts, texts)
    closest: dict[str, tuple[float, Prompt, Prompt]] = {}
    for i, j in _neighbours(runs):
        first, second = prompts[i], prompts[j]
        if (
            first.fact.id == second.fact.id
            or first.answer.casefold() == second.answer.casefold()
            or texts[i] == texts[j]
        ):
            continue
        alike = len(runs[i] & runs[j]) / len(runs[i] | runs[j])
        if alike < MIN_ALIKE or len(_subject(texts[i]) & _subject(texts[j])) < MIN_SUBJECT:
            continue
        id_ = second.fact.id
        if id_ not in closest or alike > closest[id_][0]:
            closest[id_] = (alike, first, second)
    for _, first, second in closest.values():
        yield Finding(
            second.fact,
            second.keys,
            f"a prompt much like one of {first.fact.id!r}: {first.question!r}",
            "prompts that cannot be mixed up",
            "put both into one comparison",
        )


def _runs(prompts: Sequence[Prompt], texts: Sequence[list[str]]) -> list[frozenset[str]]:
    """Return the runs of two words of each prompt, without those that the deck asks with."""
    runs = [frozenset(map(" ".join, pairwise(text))) for text in texts]
    facts: dict[str, set[str]] = defaultdict(set)
    for prompt, own in zip(prompts, runs, strict=True):
        for run in own:
            facts[run].add(prompt.fact.id)
    frame = {run for run, ids in facts.items() if len(ids) > MAX_FACTS}
    return [own - frame for own in runs]


def _subject(text: list[str]) -> set[str]:
    return set(text) - FUNCTION_WORDS - CLASS_WORDS - DEGREE_WORDS


def _neighbours(runs: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are probably alike, the earlier first, without looking at all pairs."""
    from rensa import RMinHash, RMinHashLSH

    signatures = RMinHash.from_token_sets(map(sorted, runs), num_perm=_NUMBERS, seed=_SEED)
    index = RMinHashLSH(threshold=MIN_ALIKE, num_perm=_NUMBERS, num_bands=_BANDS)
    for later, signature in enumerate(signatures):
        if runs[later]:
            for earlier in sorted(index.query(signature)):
                yield earlier, later
            index.insert(later, signature)


RULE: Final = Rule(
    code="NF112",
    severity="warning",
    manual=__doc__ or "",
    bad="""\
- id: ild-with-srp
  kind: basic
  topic: first/alpha
  level: core
  question: About how many patients with anti-SRP myopathy have interstitial lung disease?
  answer: one in five
  cite: [smith2020]

- id: ild-with-hmgcr
  kind: basic
  topic: first/alpha
  level: core
  question: About how many patients with anti-HMGCR myopathy have interstitial lung disease?
  answer: hardly any
  cite: [smith2020]
""",
    good="""\
- id: lung-by-subtype
  kind: comparison
  topic: first/alpha
  level: core
  title: The lung in IMNM
  entities: {srp: anti-SRP myopathy, hmgcr: anti-HMGCR myopathy}
  attributes:
    - id: ild
      name: Interstitial lung disease
      ask: About how many patients with {entity} have interstitial lung disease?
      cells: {srp: one in five, hmgcr: hardly any}
  cite: [smith2020]
""",
    check=check,
)
