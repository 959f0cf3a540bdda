"""Deck -> a folder for the add-on CrowdAnki: ``deck.json``, ``media/`` and ``import_config.yaml``.

The format is what CrowdAnki writes (github.com/Stvad/CrowdAnki, ``crowd_anki/representation``): a
tree of decks with their notes; note types and deck options at its root; everything but notes known
by a ``crowdanki_uuid``. Ours follow from our own ids, so that each export updates the last.

- Ids and stamps are left out, as CrowdAnki does: it knows note types by uuid, and Anki gives the
  new ones an id of its own. So one collection takes either the package or this folder, not both.
- Deck options have a name and nothing else, so that Anki's defaults, or the learner's, stay.
- ``import_config.yaml`` tells CrowdAnki that `My Notes` is the learner's own.
- Fields and templates have every key that Anki writes. Else CrowdAnki takes them for changed at the
  next import and asks the learner how to convert notes.
"""

import json
from typing import Any, Final
from uuid import NAMESPACE_OID, uuid5

from nam_flash.deck import Deck, Note, NoteType
from nam_flash.export.colophon import readme

#: The beginning of LaTeX pages, as Anki has it: we use none, but a note type has to have it.
_LATEX_PRE: Final = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n"
    "\\begin{document}\n"
)

_ABOUT: Final = """\
A folder for the add-on CrowdAnki. In Anki: File > CrowdAnki: Import from disk, then choose this
folder. Leave `My Notes` ticked as a personal field. Use either this folder or the .apkg package in
one collection, not both: CrowdAnki gives the note types ids of its own.
"""


def export(deck: Deck, stem: str) -> dict[str, bytes]:
    """Return ``deck.json``, ``import_config.yaml``, ``README.txt`` and ``media/...``."""
    options = _uuid("options", deck.name)
    root = _deck(deck, deck.name, options)
    root |= {
        "deck_configurations": [
            {"__type__": "DeckConfig", "crowdanki_uuid": options, "name": deck.name}
        ],
        "note_models": [_note_type(note_type) for note_type in deck.note_types],
    }
    personal = {t.name: {"personal_fields": ["My Notes"]} for t in deck.note_types}
    return {
        "README.txt": readme(deck, _ABOUT),
        "deck.json": _json(root),
        # What is JSON is YAML too.
        "import_config.yaml": _json({"note_models": personal}),
        **{f"media/{name}": data for name, data in sorted(deck.media.items())},
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _uuid(what: str, name: str) -> str:
    """Return the uuid of one of our things, always the same."""
    return str(uuid5(NAMESPACE_OID, f"nam-flash {what} {name}"))


def _deck(deck: Deck, name: str, options: str) -> dict[str, Any]:
    """Return a deck with its own notes and its subdecks; below the root, names are short."""
    top = name == deck.name
    notes = [note for note in deck.notes if note.deck == name]
    return {
        "__type__": "Deck",
        "children": [
            _deck(deck, child, options)
            for child in deck.subdecks
            if child.rpartition("::")[0] == name
        ],
        "crowdanki_uuid": _uuid("deck", name),
        "deck_config_uuid": options,
        "desc": deck.description.replace("\n", "<br>") if top else "",
        "dyn": 0,
        "extendNew": 0,
        "extendRev": 0,
        "media_files": sorted({file for note in notes for file in note.media}),
        "name": name if top else name.rpartition("::")[2],
        "notes": [_note(note) for note in notes],
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "__type__": "Note",
        "fields": list(note.fields),
        "guid": note.guid,
        "note_model_uuid": _uuid("note type", str(note.note_type.id)),
        "tags": list(note.tags),
    }


def _note_type(note_type: NoteType) -> dict[str, Any]:
    fields = [
        {
            "collapsed": False,
            "description": "",
            "excludeFromSearch": False,
            "font": "Arial",
            "id": field.id,
            "name": field.name,
            "ord": ord_,
            "plainText": False,
            "preventDeletion": False,
            "rtl": False,
            "size": 20,
            "sticky": False,
            "tag": None,
        }
        for ord_, field in enumerate(note_type.fields)
    ]
    templates = [
        {
            "afmt": template.back,
            "bafmt": "",
            "bfont": "",
            "bqfmt": "",
            "bsize": 0,
            "did": None,
            "id": template.id,
            "name": template.name,
            "ord": ord_,
            "qfmt": template.front,
        }
        for ord_, template in enumerate(note_type.templates)
    ]
    return {
        "__type__": "NoteModel",
        "crowdanki_uuid": _uuid("note type", str(note_type.id)),
        "css": note_type.css,
        "flds": fields,
        "latexPost": "\\end{document}",
        "latexPre": _LATEX_PRE,
        "latexsvg": False,
        "name": note_type.name,
        "sortf": 0,
        "tmpls": templates,
        "type": int(note_type.cloze),
    }
