"""The types of the files -> JSON Schema, for editors that complete and validate YAML.

Editors read YAML by the look of its scalars (``2022`` is a number, ``true`` a truth value); we
decide by the declared type. So where a text is declared, a number whose text would have the form
is as good: `_text` works out which.
"""

import json
import re
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from nam_flash.exchange import FactBase
from nam_flash.fact import Abbreviation, Figure, SourceFile, Taxonomy
from nam_flash.kinds import KINDS, AnyFact
from nam_flash.overlay import Module
from nam_flash.reader import Form
from nam_flash.recipe import Recipe

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"  # what yaml-language-server speaks best

#: File name of the schema -> what it describes and its type (None: a list of facts).
SCHEMAS: Final[dict[str, tuple[str, Any]]] = {
    "facts.json": ("A file of facts", None),
    "sources.json": ("sources.yaml: the works cited, in CSL-YAML", SourceFile),
    "glossary.json": ("glossary.yaml: the abbreviations", dict[str, Abbreviation]),
    "taxonomy.json": ("taxonomy.yaml: the topics in teaching order", Taxonomy),
    "figures.json": ("figures.yaml: the pictures", tuple[Figure, ...]),
    "recipe.json": ("A recipe: which decks are made of the facts", Recipe),
    "module.json": ("module.yaml: what a local module changes", Module),
    "export.json": ("The whole fact base, as `nam-flash export json` writes it", FactBase),
}


def render(name: str, known: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the schema ``name`` of `SCHEMAS` as JSON text.

    ``known`` may offer editors names to complete: lists by the name of a `Form`.
    """
    title, shape = SCHEMAS[name]
    maker = _Maker({form: sorted(names) for form, names in (known or {}).items()})
    body = {"type": "array", "items": maker.fact()} if shape is None else maker.schema(shape)
    whole = {"$schema": _DRAFT, "title": title, **body, "definitions": maker.definitions}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


class _Maker:
    """Makes one schema; dataclasses become its definitions."""

    def __init__(self, known: dict[str, list[str]]) -> None:
        self.known = known
        self.definitions: dict[str, Any] = {}

    def fact(self) -> dict[str, Any]:
        """Return the schema of a fact, by its kind."""
        choices = []
        for name, shape in KINDS.items():
            self.schema(shape)
            definition = self.definitions[shape.__name__]
            definition["properties"] = {"kind": {"const": name}, **definition["properties"]}
            choices.append(
                {
                    "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                    "then": {"$ref": f"#/definitions/{shape.__name__}"},
                }
            )
        kind = {"enum": list(KINDS), "description": "What kind of fact it is."}
        return {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": kind},
            "allOf": choices,
        }

    def schema(self, shape: Any, needed: bool = False) -> dict[str, Any]:
        """Return the schema of a type as `nam_flash.reader` reads it."""
        if shape == AnyFact:
            return self.fact()
        if get_origin(shape) is Annotated:
            return self._text(get_args(shape)[1])
        if shape is str:
            return self._text(Form("a text"))
        if shape is int:
            digits = {"type": "string", "pattern": "^-?[0-9]{1,15}$"}
            return {"anyOf": [{"type": "integer"}, digits]}
        if shape is bool:
            return {"type": "boolean"}
        if isinstance(shape, type) and is_dataclass(shape):
            return self._record(shape)
        origin, args = get_origin(shape), get_args(shape)
        if origin is Literal:
            return {"enum": list(args)}
        if origin is tuple:
            items = self.schema(args[0], get_origin(args[0]) is tuple)
            return {"type": "array", "items": items, "minItems": int(needed)}
        if origin is dict:
            names = {"pattern": f"^(?:{_form(args[0]).pattern})$"}
            value = self.schema(args[1])
            return {
                "type": "object",
                "propertyNames": names,
                "additionalProperties": value,
                "minProperties": int(needed),
            }
        if origin in (types.UnionType, typing.Union):
            (inner,) = (arg for arg in args if arg is not type(None))
            return self.schema(inner)
        raise TypeError(f"no schema for {shape!r}")

    def _text(self, form: Form) -> dict[str, Any]:
        result: dict[str, Any] = {
            "type": _scalars(form),
            "pattern": f"^(?:{form.pattern})$",
            "description": form.name,
        }
        if not form.matches("-1") and len(result["type"]) > 1:
            result["minimum"] = 0 if form.matches("0") else 1
        if "integer" in result["type"]:
            lengths = [n for n in range(1, 16) if form.matches("1" * n)]
            result["maximum"] = 10 ** max(lengths) - 1
        if form.name in self.known:
            # An editor offers what is known, but only the loader decides what is right.
            name = re.sub("[^a-z]+", "-", form.name)
            self.definitions[name] = {**result, "anyOf": [{"enum": self.known[form.name]}, {}]}
            return {"$ref": f"#/definitions/{name}"}
        return result

    def _record(self, shape: Any) -> dict[str, Any]:
        name = shape.__name__
        reference = {"$ref": f"#/definitions/{name}"}
        short = getattr(shape, "SHORT", "")
        if name not in self.definitions:
            self.definitions[name] = {}  # a shape may contain itself
            hints = typing.get_type_hints(shape, include_extras=True)
            properties: dict[str, Any] = {}
            required = []
            for field in fields(shape):
                if field.name == "origin":
                    continue
                key = field.metadata.get("key", field.name)
                needed = field.default is MISSING and field.default_factory is MISSING
                inner = self.schema(hints[field.name], needed)
                doc = field.metadata["doc"]
                # Beside a $ref draft 7 ignores everything else.
                properties[key] = (
                    {"allOf": [inner], "description": doc}
                    if "$ref" in inner
                    else {**inner, "description": doc}
                )
                if needed:
                    required.append(key)
            manual = (shape.__doc__ or "").split("\n\n")[0].replace("\n    ", " ")
            self.definitions[name] = {
                "type": "object",
                "description": manual,
                "properties": properties,
                "required": required,
                "additionalProperties": False,
            }
        if short:
            return {"anyOf": [self.definitions[name]["properties"][short], reference]}
        return reference


def _form(shape: Any) -> Form:
    form: Form = get_args(shape)[1] if get_origin(shape) is Annotated else Form("a text")
    return form


def _scalars(form: Form) -> list[str]:
    """Return the JSON types whose text has the form, by trying some."""
    names = ["string"]
    if form.matches("1") and form.matches("1.5"):
        names.append("number")
    elif form.matches("1"):
        names.append("integer")
    if form.matches("true") and form.matches("false"):
        names.append("boolean")
    return names
