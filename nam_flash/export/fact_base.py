"""Deck -> one .json file with everything: licence, sources, topics, glossary, facts and notes.

`nam_flash.exchange` says what stands in it; ``nam-flash schema export`` prints its JSON Schema.
"""

import json

from nam_flash.deck import Deck
from nam_flash.exchange import FactBase, NoteEntry, TopicEntry, plain


def export(deck: Deck, stem: str) -> dict[str, bytes]:
    """Return ``{"<stem>.json": bytes}``."""
    facts = {note.fact.id: note.fact for note in deck.notes}
    whole = FactBase(
        name=deck.name,
        version=deck.version,
        licence=deck.licence,
        description=deck.description,
        topics=tuple(TopicEntry(p.path, p.names, p.tag, p.deck) for p in deck.topics),
        glossary=deck.glossary,
        sources=tuple(source for _, source in sorted(deck.sources.items())),
        facts=tuple(facts.values()),  # type: ignore[arg-type]  # a note's fact is of a kind
        notes=tuple(
            NoteEntry(
                key=note.key,
                guid=note.guid,
                note_type=note.note_type.name,
                fields=dict(zip(note.note_type.names, note.fields, strict=True)),
                tags=note.tags,
                deck=note.deck,
                cards=note.ords,
                version=note.version,
            )
            for note in deck.notes
        ),
    )
    text = json.dumps(plain(whole), ensure_ascii=False, indent=1)
    return {f"{stem}.json": f"{text}\n".encode()}
