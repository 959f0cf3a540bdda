"""The fact model: what an author states once, whatever cards come of it.

`Fact` holds the keys that every kind shares; each kind in ``nam_flash.kinds`` adds its own. A
fact file is a list of facts, `Source` is an item of ``sources.yaml`` (CSL), `Topic` of
``taxonomy.yaml``, `Figure` of ``figures.yaml`` and `Abbreviation` of ``glossary.yaml``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from nam_flash.reader import Form, Line, Origin, Slug, Text, TopicPath, Version, about

Level = Literal["core", "advanced"]

#: The way from a fact to one of its parts, as in `Origin.at`.
Keys = tuple[str | int, ...]

#: A rule's code, as in ``allow``.
RuleCode = Annotated[str, Form("a rule's code such as NF101", r"NF[0-9]{3}")]
Date = Annotated[
    str, Form("a date such as 2026-11-22", r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
]
SourceId = Annotated[
    str, Form("the id of a source, such as 'mammen2011'", r"[A-Za-z0-9][A-Za-z0-9_.:-]*")
]
FigureId = Annotated[str, Form("the id of a figure, such as 'ck-ladder'", "[a-z0-9]+(-[a-z0-9]+)*")]


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to a source, with the place in it."""

    SHORT: ClassVar[str] = "id"
    id: SourceId = field(metadata=about("The source's id in sources.yaml."))
    locator: Line = field(default="", metadata=about("Where in the source: page, table, section."))


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, an item of ``figures.yaml``."""

    id: FigureId = field(metadata=about("Its name for ever, by which facts show it."))
    file: Line = field(metadata=about("The file, relative to the folder of cards."))
    title: Line = field(metadata=about("What it is about; stands below it."))
    alt: Line = field(metadata=about("What the picture shows, for those who cannot see it."))
    topic: TopicPath = field(metadata=about("Its place in taxonomy.yaml."))
    credit: Line = field(metadata=about("Who made it."))
    licence: Line = field(metadata=about("The licence that allows us to ship it."))
    cite: tuple[Citation, ...] = field(metadata=about("The works on which the drawing rests."))
    origin: Origin = field(repr=False, compare=False)

    @property
    def path(self) -> Path:
        """The file of the picture; its folder is that of ``figures.yaml``."""
        return Path(self.origin.document.path).parent / self.file


@dataclass(frozen=True, slots=True)
class Change:
    """A correction that learners are told of, on the card and in the changelog."""

    release: Version = field(metadata=about("The release that brings it."))
    what: Text = field(metadata=about("What earlier releases said."))
    why: Text = field(default="", metadata=about("Why it was wrong, or no longer holds."))
    source: SourceId = field(default="", metadata=about("The work that shows it."))


@dataclass(frozen=True, slots=True)
class Retirement:
    """A tombstone: the note stays with its learners, and says that it no longer holds."""

    release: Version = field(metadata=about("The release that retires it."))
    why: Text = field(metadata=about("Why it no longer holds."))
    see: tuple[Slug, ...] = field(default=(), metadata=about("The facts that replace it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every kind of fact has."""

    id: Slug = field(metadata=about("The fact's name for ever: never changed, never reused."))
    topic: TopicPath = field(metadata=about("Its place in taxonomy.yaml."))
    level: Level = field(metadata=about("core: asked by a board examiner; advanced: the rest."))
    cite: tuple[Citation, ...] = field(default=(), metadata=about("The works that support it."))
    as_of: int | None = field(
        default=None, metadata=about("The year whose state of knowledge it describes.")
    )
    reviewed: Date = field(
        default="", metadata=about("When it was last compared with the literature.")
    )
    extra: Text = field(default="", metadata=about("Why, contrast, mnemonic or caveat."))
    figure: FigureId = field(default="", metadata=about("A picture for the back."))
    needs: tuple[Slug, ...] = field(default=(), metadata=about("Facts to be learnt before it."))
    tags: tuple[TopicPath, ...] = field(default=(), metadata=about("Further topics."))
    allow: dict[RuleCode, Text] = field(
        default_factory=dict, metadata=about("Rules waived for this fact, each with the reason.")
    )
    changes: tuple[Change, ...] = field(
        default=(), metadata=about("What was corrected since it first came out.")
    )
    retired: Retirement | None = field(default=None, metadata=about("A tombstone."))
    origin: Origin = field(repr=False, compare=False)

    def citations(self) -> Iterator[tuple[Keys, Citation]]:
        """Yield every citation of the fact with the keys at which it stands."""
        yield from cited(self.cite)


def cited(citations: tuple[Citation, ...], *above: str | int) -> Iterator[tuple[Keys, Citation]]:
    """Yield the citations of a ``cite`` below the keys ``above``."""
    for i, citation in enumerate(citations):
        yield (*above, "cite", i), citation


@dataclass(frozen=True, slots=True)
class Name:
    """A CSL name: a person, or an organisation as ``literal``."""

    family: Line = field(default="", metadata=about("Family name."))
    given: Line = field(default="", metadata=about("Given names or initials."))
    literal: Line = field(default="", metadata=about("The whole name of an organisation."))


Year = Annotated[str, Form("a year, month or day", r"[0-9]{1,4}")]


@dataclass(frozen=True, slots=True)
class Issued:
    """A CSL date."""

    date_parts: tuple[tuple[Year, ...], ...] = field(
        metadata=about("[[year, month, day]]; month and day may be left out.", key="date-parts")
    )


Design = Literal[
    "guideline", "consensus", "trial", "cohort", "case-series", "review", "basic-science"
]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Our own notes on a source (CSL's ``custom``)."""

    design: Design = field(metadata=about("What kind of evidence the work is."))
    seen: Literal["abstract", "full-text", "page", "passage"] = field(
        metadata=about("What of the work was read for our facts.")
    )
    more_authors: bool = field(
        default=False, metadata=about("The list of authors goes on.", key="more-authors")
    )
    superseded_by: SourceId = field(
        default="", metadata=about("The newer work that replaces it.", key="superseded-by")
    )
    retracted: Line = field(default="", metadata=about("Where and when it was retracted."))
    note: Text = field(default="", metadata=about("What a reader of the source should know."))


@dataclass(frozen=True, slots=True)
class Source:
    """A work in CSL-YAML, as Zotero and pandoc exchange it."""

    id: SourceId = field(metadata=about("The name by which facts cite it."))
    type: Line = field(metadata=about("The CSL type, such as article-journal."))
    title: Line = field(metadata=about("The title."))
    issued: Issued = field(metadata=about("The date of publication."))
    custom: Evidence = field(metadata=about("Our notes: design, what was seen."))
    origin: Origin = field(repr=False, compare=False)
    author: tuple[Name, ...] = field(default=(), metadata=about("The authors."))
    container_title: Line = field(
        default="", metadata=about("The journal or book.", key="container-title")
    )
    publisher: Line = field(default="", metadata=about("The publisher."))
    volume: Line = field(default="", metadata=about("The volume."))
    issue: Line = field(default="", metadata=about("The issue."))
    page: Line = field(default="", metadata=about("The pages."))
    doi: Annotated[str, Form("a DOI such as 10.1002/art.30156", r"10\.[0-9]{4,9}/\S+")] = field(
        default="", metadata=about("The DOI, without an address.", key="DOI")
    )
    pmid: Annotated[str, Form("a PubMed number", r"[1-9][0-9]{0,8}")] = field(
        default="", metadata=about("The PubMed number.", key="PMID")
    )
    pmcid: Annotated[str, Form("a PubMed Central id such as PMC123456", r"PMC[0-9]{4,9}")] = field(
        default="", metadata=about("The PubMed Central id.", key="PMCID")
    )
    url: Annotated[str, Form("an https address", r"https://\S+")] = field(
        default="", metadata=about("The publisher's own stable address.", key="URL")
    )

    @property
    def year(self) -> str:
        """The year of publication."""
        return self.issued.date_parts[0][0]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The whole of ``sources.yaml``."""

    references: tuple[Source, ...] = field(metadata=about("The works."))


#: Anki splits tags at spaces and their levels at "::"; some names belong to Anki (leech, marked,
#: missing-media) and to tools for shared decks (AnkiHub_..., AnkiCollab_...).
Tag = Annotated[
    str,
    Form(
        "a tag without spaces and not one of another tool's, such as Anti-HMGCR",
        r"(?!(?:[Aa]nki[Hh]ub|[Aa]nki[Cc]ollab)_|(?:[Ll]eech|[Mm]arked|[Mm]issing-media)$)[^\s:\"]+",
    ),
]


@dataclass(frozen=True, slots=True)
class Topic:
    """A node of the taxonomy."""

    id: Slug = field(metadata=about("Its part of the path that facts write."))
    tag: Tag = field(metadata=about("Its part of the tag that learners see."))
    origin: Origin = field(repr=False, compare=False)
    deck: Annotated[str, Form("a deck's name without '::'", r"(?![^\n]*::)[^\n\"]*\S")] = field(
        default="", metadata=about("The subdeck of a top topic; numbered, as Anki sorts by name.")
    )
    topics: "tuple[Topic, ...]" = field(default=(), metadata=about("Its subtopics, in order."))


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The whole of ``taxonomy.yaml``."""

    root: Tag = field(metadata=about("The root of all tags."))
    topics: tuple[Topic, ...] = field(metadata=about("The topics in teaching order."))


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An entry of ``glossary.yaml``."""

    SHORT: ClassVar[str] = "long"
    long: Line = field(metadata=about("The long form."))
    familiar: bool = field(
        default=False,
        metadata=about("True: every learner knows it; the long form is a tooltip, not text."),
    )
