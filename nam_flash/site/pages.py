"""A deck and its extras -> the files of the site, each made only when it is asked for.

``site`` makes all of them; the preview asks for those that a browser shows.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from textwrap import shorten
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from nam_flash.citation import reference
from nam_flash.deck import Deck, Note, Place
from nam_flash.fact import Fact, Figure
from nam_flash.kinds import KINDS, kind_of
from nam_flash.markup import document
from nam_flash.site.extras import Extras
from nam_flash.site.render import render
from nam_flash.site.search import SHARD, Entry, plain, shards

_HERE: Final = Path(__file__).parent
_STATIC: Final = ("site.css", "theme.js", "site.js", "icon.svg", "vendor/minisearch.js")
_LICENCES: Final = ("vendor/minisearch.LICENSE.txt",)
#: Facts on one page of a topic: a page of the longest kind stays below 100 kB compressed.
PER_PAGE: Final = 40
#: How much of a vignette's case its fact is listed by, in characters.
_CASE: Final = 110
#: Sentences that introduce the disease on the first page.
_SENTENCES: Final = 7

#: Nothing but files of the site itself: no inline script or style, no request elsewhere.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)

#: Tables, whose cells are cards of their own, and what is no text.
_NOT_SEARCHED: Final = ("Detail", "Occlusion", "Image")
_CLOZE: Final = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)

#: Makes one file.
Maker = Callable[[], bytes]


def site(deck: Deck, extras: Extras | None = None) -> dict[str, bytes]:
    """Return every file of the site by its path with ``/``: the same bytes for the same deck."""
    return {name: make() for name, make in Site(deck, extras or Extras()).files().items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """A card as a page shows it."""

    key: str
    question: Markup
    answer: Markup


@dataclass(frozen=True, slots=True)
class Item:
    """A fact with the notes that it became; ``notes`` is empty for one that could not be read."""

    id: str
    fact: Fact | None
    notes: tuple[Note, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the fact."""
        return kind_of(self.fact) if self.fact else ""

    @property
    def count(self) -> int:
        """The number of cards."""
        return sum(len(note.ords) for note in self.notes)

    @property
    def prompt(self) -> Markup:
        """What the fact is listed by: its title or its first question, as HTML."""
        if not self.notes:
            return Markup("")
        if title := getattr(self.fact, "title", ""):
            return Markup.escape(title)
        note = self.notes[0]
        if self.kind == "vignette":  # many ask the same: the case tells them apart
            case = shorten(plain(note.value("Stem")), _CASE, placeholder=" …")
            return Markup.escape(case)
        if "Header" in note.note_type.names:
            return Markup(note.value("Header"))
        if note.note_type.cloze:
            return Markup(plain(render(note, note.ords[0]).question))
        return Markup(note.value("Question"))

    @property
    def table(self) -> Markup:
        """The table of a comparison, with no cell marked; else empty."""
        if self.kind != "comparison" or not self.notes:
            return Markup("")
        table = self.notes[0].value("Detail")
        return Markup(embedded(table.replace(' class="asked" aria-current="true"', ""), ""))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A figure with its file in ``media/`` and the facts that show it.

    ``size`` are the attributes that keep its place free until it is loaded, where it is an SVG.
    """

    figure: Figure
    file: str
    items: list[Item]
    size: Markup


_VIEWBOX: Final = re.compile(rb'<svg[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"')


def _size(picture: bytes) -> Markup:
    found = _VIEWBOX.search(picture)
    if not found:
        return Markup("")
    width, height = (round(float(number)) for number in found.groups())
    return Markup(f' width="{width}" height="{height}"')


#: Ids that a card has once, and a page with many cards not at all: they become classes.
_IDS: Final = ("answer", "image-occlusion-container", "image-occlusion-canvas")
#: What only Anki's reviewer can use: its script for masks, and what belongs to it.
_REVIEWER: Final = re.compile(
    r'<script>.*?</script>|<p class="nf-fault".*?</p>|<div class="nf-toggle">.*?</div>', re.DOTALL
)
_MASKS: Final = re.compile(r'<div class="nf-masks" hidden>(.*?)</div>(?=\s*<div id=)', re.DOTALL)
_MASK: Final = re.compile(
    r'<div class="cloze-?(\w*)" data-ordinal="\d+" data-shape="rect" data-left="([\d.]+)" '
    r'data-top="([\d.]+)" data-width="([\d.]+)" data-height="([\d.]+)" '
    r'(data-occludeInactive="1" )?></div>'
)


def embedded(card: str, root: str) -> str:
    """Return a card's HTML for a page that has many cards, and no script of theirs.

    Ids become classes, as an id stands once in a page; media come from their folder; a table that
    scrolls gets a place in the order of the tab key; masks that Anki's script would draw are drawn
    as SVG. The style sheet follows. Nothing else differs from what Anki shows.
    """
    card = card.replace("<hr id=answer>", '<hr class="answer">')
    card = card.replace('<div class="table">', '<div class="table" tabindex="0">')
    if masks := _MASKS.search(card):
        card = _REVIEWER.sub("", card.replace(masks[0], ""))
        shapes = "".join(_rect(mask) for mask in _MASK.finditer(masks[1]))
        overlay = (
            '<svg class="image-occlusion-canvas" viewBox="0 0 1 1" preserveAspectRatio="none" '
            f'aria-hidden="true">{shapes}</svg>'
        )
        card = card.replace('<canvas id="image-occlusion-canvas"></canvas>', overlay)
        card = card.replace('<div id="image-occlusion-', '<div class="image-occlusion-')
    return card.replace('<img src="', f'<img src="{root}media/')


def _rect(mask: re.Match[str]) -> str:
    """Return a mask as Anki's script draws it: those of other cards only where all are hidden."""
    state, left, top, width, height, hides_all = mask.groups()
    if state == "inactive" and not hides_all:
        return ""
    return (
        f'<rect class="{state or "active"}" x="{left}" y="{top}" width="{width}" '
        f'height="{height}" vector-effect="non-scaling-stroke"/>'
    )


class Site:
    """The files of a site, and what the templates ask for."""

    def __init__(self, deck: Deck, extras: Extras) -> None:
        self.deck = deck
        self.extras = extras
        notes: dict[str, list[Note]] = {}
        for note in deck.notes:
            notes.setdefault(note.fact.id, []).append(note)
        self.items = {id_: Item(id_, own[0].fact, tuple(own)) for id_, own in notes.items()}
        self.places = {place.path: place for place in deck.topics}
        self._by_topic = self._topics()
        self._navs: dict[tuple[str, str, str], Markup] = {}

    def _topics(self) -> dict[str, list[Item]]:
        """Return the facts of each topic, retired ones last and broken ones where they stood."""
        topics: dict[str, list[Item]] = {place.path: [] for place in self.deck.topics}
        for item in self.items.values():
            assert item.fact is not None
            topics.setdefault(item.fact.topic, []).append(item)
        for broken in self.extras.editing.broken if self.extras.editing else ():
            item = Item(broken.id, None)
            listed = topics.setdefault(broken.topic, [])
            ids = [other.id for other in listed]
            listed.insert(ids.index(broken.follows) + 1 if broken.follows in ids else 0, item)
            self.items[broken.id] = item
        return topics

    def files(self) -> dict[str, Maker]:
        """Return what makes each file, by its path."""
        files: dict[str, Maker] = {"index.html": partial(self._page, "index", "index.html")}
        for path, items in self._by_topic.items():
            for i in range(max(1, -(-len(items) // PER_PAGE))):
                files[topic_file(path, i)] = partial(self._topic, path, i)
        order = list(self.items.values())
        for before, item, after in zip([None, *order], order, [*order[1:], None], strict=False):
            files[f"facts/{item.id}.html"] = partial(self._fact, item, before, after)
        for i in range(max(1, -(-len(self.tables) // PER_PAGE))):
            files[numbered("tables.html", i)] = partial(self._tables, i)
        for name in self.single:
            files[f"{name}.html"] = partial(self._page, name, f"{name}.html")
        files |= {f"static/{name}": partial(_static, name) for name in (*_STATIC, *_LICENCES)}
        files["static/card.css"] = partial(bytes, self.card_css)
        files |= {f"search/{i}.js": partial(self._shard, i) for i in range(self._shard_count)}
        files |= {f"media/{name}": partial(bytes, data) for name, data in self.deck.media.items()}
        for download in self.extras.downloads:
            files[f"downloads/{download.name}"] = partial(bytes, download.data)
        for name, data in self.extras.papers.items():
            files[f"downloads/{name}"] = partial(bytes, data)
        return files

    @property
    def single(self) -> dict[str, str]:
        """The pages of which there is one, by the name of their file, with their titles."""
        extras = self.extras
        pages = {
            "figures": ("Figures", bool(self.figures)),
            "tags": ("Tags", True),
            "glossary": ("Glossary", bool(self.deck.glossary)),
            "sources": ("Sources", True),
            "coverage": ("Coverage", bool(extras.coverage)),
            "changelog": ("Changelog", bool(extras.changelog)),
            "downloads": ("Downloads", bool(extras.downloads)),
            "import": ("How to study with it", True),
            "licence": ("Licence", True),
        }
        return {name: title for name, (title, there) in pages.items() if there}

    # Pages

    def _page(self, template: str, file: str, **values: object) -> bytes:
        root = "../" * file.count("/")
        title = values.pop("title", None) or self.single.get(template, self.deck.name)
        text = _environment().get_template(f"{template}.html").render(
            site=self, deck=self.deck, extras=self.extras, root=root, title=title, file=file,
            editing=self.extras.editing, **{"path": "", **values},
        )  # fmt: skip
        return text.encode()

    def _topic(self, path: str, page: int) -> bytes:
        items = self._by_topic[path]
        place = self.places.get(path)
        return self._page(
            "topic", topic_file(path, page),
            title=place.names[-1] if place else path, path=path,
            place=place, items=items[page * PER_PAGE : (page + 1) * PER_PAGE], total=len(items),
            page=page, pages=[topic_file(path, i) for i in range(-(-len(items) // PER_PAGE))],
            below=self.below(path),
        )  # fmt: skip

    def _fact(self, item: Item, before: Item | None, after: Item | None) -> bytes:
        topic = item.fact.topic if item.fact else ""
        return self._page(
            "fact", f"facts/{item.id}.html", title=plain(item.prompt) or item.id, item=item,
            path=topic, before=before, after=after,
        )  # fmt: skip

    def _tables(self, page: int) -> bytes:
        items = self.tables[page * PER_PAGE : (page + 1) * PER_PAGE]
        pages = [numbered("tables.html", i) for i in range(-(-len(self.tables) // PER_PAGE))]
        return self._page(
            "tables", numbered("tables.html", page), title="Comparisons", items=items, page=page,
            pages=pages,
        )  # fmt: skip

    @cached_property
    def card_css(self) -> bytes:
        """The style of the cards, for a page that has many of them."""
        sheets = dict.fromkeys(note_type.css for note_type in self.deck.note_types)
        css = "\n".join(sheets)
        for id_ in _IDS:
            css = css.replace(f"#{id_}", f".{id_}")
        return css.encode()

    # Search

    @cached_property
    def _shards(self) -> dict[str, bytes]:
        return shards([self._entry(item) for item in self._readable], self.deck.topics)

    def _shard(self, i: int) -> bytes:
        return self._shards[f"search/{i}.js"]

    @property
    def _shard_count(self) -> int:
        return max(1, -(-len(self._readable) // SHARD))

    def _entry(self, item: Item) -> Entry:
        fact = item.fact
        assert fact is not None
        answers: dict[str, None] = {}
        for note in item.notes:
            own = note.note_type.names[1 : note.note_type.index("Extra")]
            values = [note.value(name) for name in own if name not in _NOT_SEARCHED]
            answers |= dict.fromkeys(plain(uncovered(value, " ")) for value in values if value)
        extras = dict.fromkeys(plain(note.value("Extra")) for note in item.notes)
        works = {self.short(citation.id) for _, citation in fact.citations()}
        return Entry(
            id=item.id,
            prompt=plain(item.prompt),
            answers=" ".join(answers),
            more=" ".join([*extras, *sorted(works), *self._long_forms(item), item.id]),
            tags=tuple(tag for tag in item.notes[0].tags if "::^" not in tag),
            level=fact.level,
            kind=item.kind,
            cards=item.count,
        )

    def _long_forms(self, item: Item) -> list[str]:
        """Return what the abbreviations of a fact stand for: cards spell out only some of them."""
        texts = (value for note in item.notes for value in note.fields)
        found = {word for text in texts for word in self._abbreviations.findall(plain(text))}
        return [self.deck.glossary[word].long for word in sorted(found)]

    @cached_property
    def _abbreviations(self) -> re.Pattern[str]:
        words = sorted(self.deck.glossary, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words)) or '(?!)'})(?!\w)")

    # What the templates ask for

    def nav(self, root: str, path: str, file: str) -> Markup:
        """Return the list of contents, the same for all facts of a topic."""
        where = "facts/" if file.startswith("facts/") else file
        if (root, path, where) not in self._navs:
            text = (
                _environment()
                .get_template("nav.html")
                .render(site=self, root=root, path=path, file=file)
            )
            self._navs[root, path, where] = Markup(text)
        return self._navs[root, path, where]

    @cached_property
    def kind_options(self) -> Markup:
        """The choices of the filter by kind."""
        return Markup("").join(Markup("<option>{}</option>").format(kind) for kind in self.kinds)

    @cached_property
    def _readable(self) -> list[Item]:
        return [item for item in self.items.values() if item.notes]

    @cached_property
    def tables(self) -> list[Item]:
        """The comparisons."""
        return [item for item in self._readable if item.kind == "comparison"]

    def cards(self, item: Item, root: str) -> Iterator[Shown]:
        """Yield the cards of a fact, in the order in which they are learnt."""
        for note in item.notes:
            for ord_ in note.ords:
                sides = (Markup(embedded(side, root)) for side in render(note, ord_))
                yield Shown(note.key, *sides)

    def sentences(self) -> list[tuple[Item, Markup]]:
        """Return what introduces the disease: core sentences with nothing hidden.

        The first of each topic, in teaching order, so that the picture is a broad one.
        """
        found: dict[str, tuple[Item, Markup]] = {}
        for item in self._readable:
            fact = item.fact
            if item.kind == "cloze" and fact and fact.level == "core" and not fact.retired:
                text = Markup(uncovered(item.notes[0].value("Text")))
                found.setdefault(fact.topic, (item, text))
        return list(found.values())[:_SENTENCES]

    def top_topics(self) -> list[tuple[Place, int, int]]:
        """Return the top topics that have facts, each with its facts and cards."""
        rows = []
        for place in self.deck.topics:
            if "/" not in place.path:
                facts, cards = self.counts[place.path]
                if facts:
                    rows.append((place, facts, cards))
        return rows

    @cached_property
    def counts(self) -> Mapping[str, tuple[int, int]]:
        """Facts and cards of each topic with those below it."""
        counts: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for path, items in self._by_topic.items():
            cards = sum(item.count for item in items)
            parts = path.split("/")
            for i in range(len(parts)):
                above = "/".join(parts[: i + 1])
                counts[above] = (counts[above][0] + len(items), counts[above][1] + cards)
        return counts

    def count(self, **where: str) -> int:
        """Return how many cards there are ``level=`` or ``kind=``."""
        return sum(
            item.count
            for item in self._readable
            if all(
                (item.kind if key == "kind" else getattr(item.fact, key)) == value
                for key, value in where.items()
            )
        )

    @property
    def kinds(self) -> list[str]:
        """The kinds of fact that there are."""
        present = {item.kind for item in self._readable}
        return [kind for kind in KINDS if kind in present]

    def short(self, id_: str) -> str:
        """Return a work as authors are remembered: ``Pinal-Fernandez 2018``."""
        work = self.deck.sources.get(id_)
        if work is None:
            return id_
        first = work.author[0] if work.author else None
        name = (first.family or first.literal) if first else work.publisher or work.container_title
        return f"{name} {work.year}".strip()

    @cached_property
    def citing(self) -> Mapping[str, list[Item]]:
        """The facts that cite each work, by its id."""
        citing: dict[str, list[Item]] = defaultdict(list)
        for item in self._readable:
            assert item.fact is not None
            for id_ in dict.fromkeys(citation.id for _, citation in item.fact.citations()):
                citing[id_].append(item)
        return citing

    @cached_property
    def figures(self) -> list[Drawn]:
        """The figures that cards show."""
        shown: dict[str, list[Item]] = defaultdict(list)
        for item in self._readable:
            if item.fact and item.fact.figure and item.notes[0].media:
                shown[item.fact.figure].append(item)
        return [
            Drawn(figure, file, items, _size(self.deck.media[file]))
            for id_, figure in self.deck.figures.items()
            if (items := shown.get(id_))
            for file in items[0].notes[0].media
        ]

    @cached_property
    def drawn_from(self) -> Mapping[str, list[Drawn]]:
        """The figures that rest on each work, by its id."""
        drawn: dict[str, list[Drawn]] = defaultdict(list)
        for each in self.figures:
            for id_ in dict.fromkeys(citation.id for citation in each.figure.cite):
                drawn[id_].append(each)
        return drawn

    def works(self) -> list[tuple[str, Markup]]:
        """Return the works by their first author, as references."""
        order = sorted(self.deck.sources, key=lambda id_: (self.short(id_).casefold(), id_))
        return [(id_, Markup(reference(self.deck.sources[id_]))) for id_ in order]

    @cached_property
    def needed_by(self) -> Mapping[str, list[str]]:
        """The facts that need each fact, by its id."""
        needing: dict[str, list[str]] = defaultdict(list)
        for item in self._readable:
            for id_ in item.fact.needs if item.fact else ():
                needing[id_].append(item.id)
        return needing

    def tag_tree(self) -> list[tuple[int, str, str, int]]:
        """Return every tag with those above it: depth, last part, whole tag, cards.

        Topics in teaching order, then the others by the alphabet, as Anki has them.
        """
        cards: Counter[str] = Counter()
        for item in self._readable:
            for note in item.notes:
                above = {
                    "::".join(parts[: i + 1])
                    for parts in (tag.split("::") for tag in note.tags)
                    for i in range(len(parts))
                }
                cards.update(dict.fromkeys(above, len(note.ords)))
        rank = {place.tag: place.rank for place in self.deck.topics}

        def key(tag: str) -> list[tuple[int, str]]:
            parts = tag.split("::")
            tags = ["::".join(parts[: i + 1]) for i in range(len(parts))]
            return [(rank.get(above, len(rank)), above) for above in tags]

        return [
            (tag.count("::"), tag.split("::")[-1].replace("_", " "), tag, cards[tag])
            for tag in sorted(cards, key=key)
        ]

    def topic_url(self, path: str, page: int = 0) -> str:
        """Return the address of a topic, from the root of the site."""
        return topic_file(path, page)

    def by_tag(self, tag: str) -> Place | None:
        """Return the topic of a tag."""
        return self._tags.get(tag)

    @cached_property
    def _tags(self) -> dict[str, Place]:
        return {place.tag: place for place in self.deck.topics}

    def below(self, path: str) -> list[Place]:
        """Return the topics right below one."""
        return [p for p in self.deck.topics if _parent(p.path) == path and self.counts[p.path][0]]

    def above(self, path: str) -> list[Place]:
        """Return a topic with those above it, the topmost first."""
        parts = path.split("/")
        paths = ["/".join(parts[: i + 1]) for i in range(len(parts))]
        return [self.places[path] for path in paths if path in self.places]

    def changelog(self) -> Markup:
        """Return the changelog as HTML."""
        return Markup(document(self.extras.changelog))


def uncovered(text: str, gap: str = "") -> str:
    """Return a field with the hidden parts of a cloze shown, each between two gaps."""
    return _CLOZE.sub(lambda match: f"{gap}{match[1]}{gap}", text)


def topic_file(path: str, page: int) -> str:
    """Return the path of a page of a topic; a fact whose topic is not known has one too."""
    return numbered(f"topics/{path or 'unknown'}.html", page)


def numbered(file: str, page: int) -> str:
    """Return the file of a page, counted from 0; only the later ones have a number."""
    return file.replace(".html", f".{page + 1}.html") if page else file


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


@cache
def _static(name: str) -> bytes:
    return (_HERE / "static" / name).read_bytes()


def _asset(name: str) -> str:
    """Return the address of a static file, with a mark of its content against old caches."""
    return f"static/{name}?{_mark(_static(name))}"


def _mark(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:8]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    environment.globals.update(policy=POLICY, asset=_asset, mark=_mark)
    environment.filters["plain"] = plain
    environment.filters["size"] = lambda size: f"{size / 1000:,.0f} kB"
    return environment
