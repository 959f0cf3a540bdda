"""Generate a fact base of any size, the same on every machine.

    python bench/generate.py 10000 FOLDER

writes N basic facts of two cards each into ``FOLDER/cards`` (1,000 facts a file, with taxonomy,
sources and glossary), the recipe ``FOLDER/decks/bench.yaml`` with one package, and the same notes
as ``FOLDER/anki-yaml-tool.yaml`` for the tool of that name.

The facts are nonsense made of real words. What matters for speed is like the real facts: lengths,
share of texts with markup (one in seven), abbreviations, citations, topics.
"""

import html
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

SEED: Final = 1960
FACTS_PER_FILE: Final = 1000
#: How many of 100 texts have inline markup, facts have an explanation, facts have a year.
MARKED, EXPLAINED, DATED = 15, 80, 60

AREAS: Final = ("Foundations", "Causes", "Antibodies", "Presentation", "Laboratory", "Treatment")
PARTS: Final = ("Overview", "Adults", "Children", "Course", "Pitfalls")

DISEASES: Final = (
    "anti-SRP myopathy", "anti-HMGCR myopathy", "seronegative IMNM", "dermatomyositis",
    "inclusion body myositis", "antisynthetase syndrome", "overlap myositis",
    "statin-associated myopathy", "limb-girdle dystrophy", "acid maltase deficiency",
    "hypothyroid myopathy", "toxic myopathy", "polymyalgia rheumatica", "calpainopathy",
    "dysferlinopathy", "myotonic dystrophy type 2", "rhabdomyolysis", "scleromyositis",
)  # fmt: skip
FINDINGS: Final = (
    "weakness of the hip flexors", "dysphagia for solids", "scattered necrotic fibres",
    "a raised CK", "interstitial lung disease", "fibrillation potentials", "neck flexor weakness",
    "oedema of the thigh muscles", "fatty replacement of the hamstrings", "myalgia on exertion",
    "complement on the sarcolemma", "upregulation of MHC class I", "scapular winging",
    "a fall in vital capacity", "loss of weight", "respiratory failure", "a low titre of ANA",
    "regenerating fibres", "an irritable EMG", "endomysial fibrosis", "troponin T without I",
)  # fmt: skip
DRUGS: Final = (
    "prednisolone", "methotrexate", "azathioprine", "rituximab", "intravenous immunoglobulin",
    "mycophenolate", "tacrolimus", "ciclosporin", "atorvastatin", "rosuvastatin", "ezetimibe",
    "cyclophosphamide", "zilucoplan", "efgartigimod", "a PCSK9 inhibitor",
)  # fmt: skip
PLACES: Final = (
    "Paris", "Baltimore", "Tokyo", "Adelaide", "Toronto", "Stockholm", "Beijing", "Prague",
    "Seoul", "Barcelona", "Pittsburgh", "London", "Mumbai", "Wellington",
)  # fmt: skip
TIMES: Final = (
    "at onset", "at diagnosis", "after three months", "after one year", "at the last visit",
    "during the first relapse", "while tapering", "before treatment",
)  # fmt: skip
WORDS: Final = (
    "acute", "antigen", "biopsy", "cardiac", "chronic", "clinical", "defect", "enzyme", "factor",
    "fibre", "global", "humoral", "immune", "kinase", "lesion", "membrane", "muscle", "nuclear",
    "objective", "protein", "receptor", "response", "serum", "strength", "tissue", "variant",
)  # fmt: skip
COMMENTS: Final = (
    "The figure comes from one centre, so selection may explain part of it.",
    "A normal value does not exclude {disease}.",
    "Older texts say the reverse; they lumped {disease} with polymyositis.",
    "Think of {finding} whenever {drug} brings no relief {time}.",
    "In {place} the same was seen in {count} of {total} patients, most of them on {drug}.",
    "The mechanism is not settled: {abbreviation} and {finding} need not go together.",
    "Compare with {disease}, where {finding} is rare {time}.",
    "Mnemonic: the {abbreviation} falls first, the strength returns later.",
    "The trial was small ({total} adults) and open; {drug} was stopped in {count}.",
    "Ask for {finding} and repeat the {abbreviation} {time}.",
)
#: Question, answer, question the other way round, its answer.
PATTERNS: Final = (
    (
        "Which finding was the most frequent {time} in {total} adults with {disease} ({place}, "
        "{year})?",
        "{finding}",
        "In which disease was {finding} the most frequent finding {time} among {total} adults "
        "({place}, {year})?",
        "{disease}",
    ),
    (
        "How many of {total} patients with {disease} had {finding} {time} in {place}?",
        "{count} of {total}",
        "Which disease showed {finding} in {count} of {total} patients {time} in {place}?",
        "{disease}",
    ),
    (
        "Which drug did the centre in {place} add {time} for {disease} with {finding} when the "
        "{abbreviation} stayed high in {count} of {total}?",
        "{drug}",
        "For which disease was {drug} added {time} in {place} when {count} of {total} kept a high "
        "{abbreviation}?",
        "{disease} with {finding}",
    ),
    (
        "What does {abbreviation} tell {time} in {disease} treated with {drug} (series of {total}, "
        "{year})?",
        "{finding} is likely",
        "Which test predicted {finding} {time} in {disease} treated with {drug} (series of "
        "{total}, {year})?",
        "{abbreviation}",
    ),
)
DESIGNS: Final = ("guideline", "consensus", "trial", "cohort", "case-series", "review")
JOURNALS: Final = (
    "Annals of Imaginary Myology", "Journal of Benchmark Medicine", "Muscle Reports",
    "Archives of Generated Neurology",
)  # fmt: skip


class Fact(NamedTuple):
    """One fact, as text."""

    id: str
    topic: str
    level: str
    question: str
    answer: str
    reverse_question: str
    reverse_answer: str
    extra: str
    cite: tuple[str, ...]
    as_of: int


def main(count: int, folder: Path) -> None:
    """Write the whole base of ``count`` facts into ``folder``."""
    dice = random.Random(SEED)
    glossary = dict(_glossary(dice))
    sources = _sources(dice)
    facts = list(_facts(count, dice, list(glossary), list(sources)))
    cards, decks = folder / "cards", folder / "decks"
    cards.mkdir(parents=True, exist_ok=True)
    decks.mkdir(exist_ok=True)
    _write(cards / "taxonomy.yaml", _taxonomy())
    _write(cards / "glossary.yaml", (f"{short}: {long}" for short, long in glossary.items()))
    _write(cards / "sources.yaml", ["references:", *(text for text, _ in sources.values())])
    for start in range(0, count, FACTS_PER_FILE):
        path = cards / f"facts-{start // FACTS_PER_FILE + 1:04}.yaml"
        _write(path, map(_yaml, facts[start : start + FACTS_PER_FILE]))
    _write(decks / "bench.yaml", [RECIPE])
    shown = {name: text for name, (_, text) in sources.items()}
    _write(folder / "anki-yaml-tool.yaml", _for_anki_yaml_tool(facts, shown))


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def topics() -> Iterator[tuple[str, str]]:
    """Yield area and part of each of the 30 topics."""
    return ((area, part) for area in AREAS for part in PARTS)


def _taxonomy() -> Iterator[str]:
    yield "root: Bench"
    yield "topics:"
    for number, area in enumerate(AREAS, start=1):
        yield f"  - {{id: {area.lower()}, tag: {area}, deck: {number}0 {area}, topics: ["
        yield from (f"      {{id: {part.lower()}, tag: {part}}}," for part in PARTS)
        yield "    ]}"


def _glossary(dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield 60 abbreviations, each of its own three words."""
    seen: set[str] = set()
    while len(seen) < 60:
        words = dice.sample(WORDS, 3)
        short = "".join(word[0] for word in words).upper()
        if short not in seen:
            seen.add(short)
            yield short, " ".join(words)


def _sources(dice: random.Random) -> dict[str, tuple[str, str]]:
    """Return 100 sources: id -> CSL-YAML, and one line of HTML for tools that know no sources."""
    sources = {}
    for number in range(100):
        year = dice.randint(1995, 2025)
        id_ = f"work{number:03}-{year}"
        names = [f"{dice.choice(PLACES)}sson {chr(65 + dice.randrange(26))}" for _ in range(4)]
        subject = f"{dice.choice(DRUGS)} for {dice.choice(FINDINGS)} in {dice.choice(DISEASES)}"
        title = subject[0].upper() + subject[1:]
        journal = dice.choice(JOURNALS)
        doi = f"10.5555/bench.{year}.{number:04}"
        authors = "\n".join(
            f"  - {{family: {family}, given: {given}}}" for family, given in map(str.split, names)
        )
        text = (
            f"- id: {id_}\n  type: article-journal\n  title: {title}\n  author:\n{authors}\n"
            f"  container-title: {journal}\n  volume: '{year - 1950}'\n"
            f"  page: {number}-{number + 9}\n"
            f"  issued: {{date-parts: [[{year}]]}}\n  DOI: '{doi}'\n"
            f"  custom: {{design: {dice.choice(DESIGNS)}, seen: abstract}}"
        )
        shown = (
            f"{', '.join(names[:3])}, et al. {title}. <i>{journal}</i>. {year};{year - 1950}:"
            f'{number}-{number + 9}. <a href="https://doi.org/{doi}">doi:{doi}</a>'
        )
        sources[id_] = text, shown
    return sources


def _facts(
    count: int, dice: random.Random, abbreviations: list[str], sources: list[str]
) -> Iterator[Fact]:
    """Yield the facts; no question comes twice."""
    places = [f"{area}/{part}".lower() for area, part in topics()]
    asked: set[str] = set()
    while len(asked) < 2 * count:
        slots = _slots(dice, abbreviations)
        texts = [text.format(**slots) for text in dice.choice(PATTERNS)]
        if texts[0] in asked or texts[2] in asked:
            continue
        asked |= {texts[0], texts[2]}
        extra = ""
        if dice.randrange(100) < EXPLAINED:
            extra = " ".join(
                comment.format(**_slots(dice, abbreviations))
                for comment in dice.sample(COMMENTS, dice.randint(1, 3))
            )
        question, answer, reverse, disease, extra = (
            _marked(text, dice) for text in (*texts, extra)
        )
        yield Fact(
            id=f"fact-{len(asked) // 2:06}",
            topic=dice.choice(places),
            level=dice.choice(("core", "advanced")),
            question=question,
            answer=answer,
            reverse_question=reverse,
            reverse_answer=disease,
            extra=extra,
            cite=tuple(dice.sample(sources, dice.randint(1, 2))),
            as_of=dice.randint(2010, 2025) if dice.randrange(100) < DATED else 0,
        )


def _slots(dice: random.Random, abbreviations: list[str]) -> dict[str, str | int]:
    total = dice.randint(20, 900)
    return {
        "disease": dice.choice(DISEASES),
        "finding": dice.choice(FINDINGS),
        "drug": dice.choice(DRUGS),
        "place": dice.choice(PLACES),
        "time": dice.choice(TIMES),
        "abbreviation": dice.choice(abbreviations),
        "total": total,
        "count": dice.randint(1, total),
        "year": dice.randint(1995, 2025),
    }


def _marked(text: str, dice: random.Random) -> str:
    """Return the text, in 15 of 100 cases with one piece of markup in it."""
    if not text or dice.randrange(100) >= MARKED:
        return text
    words = text.split(" ")
    place = dice.randrange(len(words))
    word = words[place]
    form = dice.randrange(6)
    if form < 2 and word.isalpha():
        star = "**" if form else "*"
        words[place] = f"{star}{word}{star}"
    else:
        piece = ("(H~2~O)", "(2 x 10^9^/L)", r"(HLA-DRB1\*11:01)", "(CK < 1,000 U/L)")[form % 4]
        words.insert(place, piece)
    return " ".join(words)


def _yaml(fact: Fact) -> str:
    """Return the item of a fact file, as an author would write it."""
    extra = f"  extra: {_scalar(fact.extra)}\n" if fact.extra else ""
    as_of = f"  as_of: {fact.as_of}\n" if fact.as_of else ""
    return (
        f"- id: {fact.id}\n  kind: basic\n  topic: {fact.topic}\n  level: {fact.level}\n"
        f"  question: {_scalar(fact.question)}\n  answer: {_scalar(fact.answer)}\n"
        f"  reverse:\n    question: {_scalar(fact.reverse_question)}\n"
        f"    answer: {_scalar(fact.reverse_answer)}\n{extra}"
        f"  cite: [{', '.join(fact.cite)}]\n{as_of}"
    )


def _scalar(text: str) -> str:
    """Return the text plain where YAML allows it, else in single quotes."""
    if ": " in text or " #" in text or text[0] in "*&!%@`'\"[]{}>|-?:,#":
        return "'" + text.replace("'", "''") + "'"
    return text


def _for_anki_yaml_tool(facts: list[Fact], sources: dict[str, str]) -> Iterator[str]:
    """Yield the one file that anki-yaml-tool 0.4 reads: its fields are HTML."""
    yield ANKI_YAML_TOOL
    for fact in facts:
        area, part = fact.topic.split("/")
        source = "<br>".join(sources[id_] for id_ in fact.cite)
        fields = {
            "question": html.escape(fact.question, quote=False),
            "answer": html.escape(fact.answer, quote=False),
            "reverse question": html.escape(fact.reverse_question, quote=False),
            "reverse answer": html.escape(fact.reverse_answer, quote=False),
            "extra": html.escape(fact.extra, quote=False),
            "source": source + (f"<br>As of {fact.as_of}" if fact.as_of else ""),
        }
        yield f"- id: {fact.id}"
        yield from (f"  {name}: {_scalar(text)}" for name, text in fields.items() if text)
        yield f"  tags: ['Bench::{area}::{part}', 'Level::{fact.level}']"


RECIPE: Final = """\
name: Bench
namespace: nam-flash-bench
version: 1.0.0
description: Generated facts to measure with; nothing to learn here.
licence: CC0
packages:
  - file: bench.apkg
    title: Bench"""

ANKI_YAML_TOOL: Final = """\
config:
  name: Bench Basic
  deck-name: Bench
  fields: [ID, Question, Answer, Reverse Question, Reverse Answer, Extra, Source]
  templates:
    - name: Card
      qfmt: '{{Question}}'
      afmt: '{{FrontSide}}<hr id=answer>{{Answer}}<p>{{Extra}}</p><p>{{Source}}</p>'
    - name: Reverse
      qfmt: '{{Reverse Question}}'
      afmt: '{{FrontSide}}<hr id=answer>{{Reverse Answer}}<p>{{Extra}}</p><p>{{Source}}</p>'
data:"""


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
