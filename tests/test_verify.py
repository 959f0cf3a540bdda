"""Verify: a package that Anki takes whole passes; whatever is lost, invented or empty is caught."""

import io
import json
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from nam_flash.cli import main
from nam_flash.verify import Report, verify
from tests.conftest import FactBase

SMALL = Path(__file__).parent / "fixtures" / "small"

Files = dict[str, bytes | None]

#: Every check, in order, with what it counts in the small package.
COUNTS = {
    "package": 1,
    "import": 8,
    "notes": 8,
    "fields": 8 * 15 - 3,
    "tags": 8 * 3,
    "stamps": 8 * 3,
    "cards": 12,
    "decks": 4 + 12,
    "positions": 12,
    "note types": 3,
    "media": 1,
    "rendering": 2 * 12,
    "occlusion": 0,
    "empty cards": 12,
    "import again": 8,
    "missing cards": 8,
    "integrity": 1,
}


@pytest.fixture
def package(base: FactBase) -> bytes:
    """A package with a note of each kind and a figure, as `nam-flash build` makes it."""
    base.write((SMALL / "facts.yaml").read_text(encoding="utf-8"))
    for name in ("figure.svg", "figures.yaml"):
        (base.cards / name).write_bytes((SMALL / name).read_bytes())
    return base.package().read_bytes()


def damaged(package: bytes, sql: str = "", files: Files | None = None) -> bytes:
    """Change a package's database, and add, replace or (None) leave out files of the zip."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        contents: Files = {name: archive.read(name) for name in archive.namelist()}
    db = sqlite3.connect(":memory:")
    db.deserialize(contents["collection.anki2"] or b"")
    db.executescript(sql)
    contents |= {"collection.anki2": db.serialize(), **(files or {})}
    db.close()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in contents.items():
            if data is not None:
                archive.writestr(name, data)
    return buffer.getvalue()


def failures(report: Report) -> dict[str, tuple[str, ...]]:
    return {check.name: check.failures for check in report.checks if check.failures}


def test_a_good_package_passes_every_check(package: bytes) -> None:
    report = verify(package, "test.apkg")
    assert failures(report) == {}
    assert report.ok
    assert report.file == "test.apkg"
    assert {check.name: check.checked for check in report.checks} == COUNTS


def test_a_part_of_a_deck_passes(base: FactBase) -> None:
    base.write((SMALL / "facts.yaml").read_text(encoding="utf-8").split("- id: sentence")[0])
    for name in ("figure.svg", "figures.yaml"):
        (base.cards / name).write_bytes((SMALL / name).read_bytes())
    assert failures(verify(base.package().read_bytes(), "part")) == {}


NOTE = "(SELECT id FROM notes WHERE guid = 'test:{}')"


def model(path: str, value: str) -> str:
    return f"UPDATE col SET models = json_set(models, '$.\"1763769600100\".{path}', {value})"


@pytest.mark.parametrize(
    ("sql", "check", "failure"),
    [
        pytest.param(
            "UPDATE notes SET guid = 'test:question' WHERE guid = 'test:sentence'",
            "notes",
            "test:question: the GUID of 2 notes",
            id="two notes with one GUID",
        ),
        pytest.param(
            "UPDATE notes SET guid = 'test:question', mod = mod - 1 WHERE guid = 'test:one-way'",
            "import again",
            "question: updated",
            id="two notes with one GUID, of which one replaces the other",
        ),
        pytest.param(
            "UPDATE notes SET guid = 'test:question' WHERE guid = 'test:one-way'",
            "import again",
            ": added",
            id="two notes with one GUID, of which one gets the other's card",
        ),
        pytest.param(
            "UPDATE notes SET flds = flds || char(31) || 'x' WHERE guid = 'test:question'",
            "import",
            "Anki stops: note has 16 fields, expected 15",
            id="a field too many",
        ),
        pytest.param(
            "UPDATE notes SET flds = 'x' WHERE guid = 'test:question'",
            "import",
            "Anki stops: note has 1 fields, expected 15",
            id="fields too few",
        ),
        pytest.param(
            "UPDATE notes SET mid = 1 WHERE guid = 'test:question'",
            "import",
            "No such notetype",
            id="a note without a note type",
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, 'MAC', 'MA' || char(67, 807))",
            "fields",
            "test:question Answer: ",
            id="text that Anki composes anew",
        ),
        pytest.param(
            "UPDATE notes SET tags = ' T::Alpha t::alpha ' WHERE guid = 'test:question'",
            "tags",
            "test:question tag t::alpha: lost",
            id="tags that differ only in case",
        ),
        pytest.param(
            "UPDATE notes SET tags = ' T:: ' WHERE guid = 'test:question'",
            "tags",
            "test:question tag T::blank: not in the package",
            id="a tag without an end",
        ),
        pytest.param(
            f"UPDATE cards SET nid = 99999999999999 WHERE nid = {NOTE.format('one-way')};"
            "UPDATE notes SET id = 99999999999999 WHERE guid = 'test:one-way'",
            "stamps",
            "test:one-way id: '99999999999999' became",
            id="an id from the future",
        ),
        pytest.param(
            f"DELETE FROM cards WHERE ord = 1 AND nid = {NOTE.format('question')}",
            "missing cards",
            "test:question card 2: made by Anki, not in the package",
            id="a card missing",
        ),
        pytest.param(
            f"DELETE FROM cards WHERE nid = {NOTE.format('sentence')}",
            "cards",
            "test:sentence: no card",
            id="a note without a card",
        ),
        pytest.param(
            f"UPDATE cards SET nid = 7 WHERE nid = {NOTE.format('one-way')}",
            "cards",
            ": no note 7",
            id="a card without a note",
        ),
        pytest.param(
            "INSERT INTO cards SELECT id + 1, nid, did, 1, mod, usn, type, queue, due, ivl, "
            "factor, reps, lapses, left, odue, odid, flags, data "
            f"FROM cards WHERE nid = {NOTE.format('one-way')}",
            "empty cards",
            "test:one-way card 2: empty",
            id="a phantom card of the conditional Reverse template",
        ),
        pytest.param(
            f"UPDATE cards SET ord = 5 WHERE nid = {NOTE.format('one-way')}",
            "integrity",
            "Deleted 1 card with missing template.",
            id="a card of no template",
        ),
        pytest.param(
            f"UPDATE cards SET did = 7 WHERE nid = {NOTE.format('one-way')}",
            "integrity",
            "Fixed 1 missing deck.",
            id="a card in no deck",
        ),
        pytest.param(
            "UPDATE col SET decks = json_insert(decks, '$.\"7\"', "
            'json(\'{"id": 7, "name": "Empty"}\'))',
            "package",
            "damaged, or no Anki package: KeyError: 'desc'",
            id="a deck without a description",
        ),
        pytest.param(
            "UPDATE col SET decks = json_set(decks, '$.\"7\"', json_set("
            "json_extract(decks, '$.\"1\"'), '$.id', 7, '$.name', 'Empty', '$.desc', ''))",
            "decks",
            "Empty: lost",
            id="a deck without cards",
        ),
        pytest.param(
            f"UPDATE cards SET queue = -1 WHERE nid = {NOTE.format('one-way')}",
            "positions",
            "test:one-way card 1: not a new card (type 0, queue -1)",
            id="a suspended card, which Anki wakes",
        ),
        pytest.param(
            "UPDATE col SET models = json_set(models, '$.\"7\"', json_set("
            "json_extract(models, '$.\"1763769600100\"'), '$.id', 7, '$.name', 'Other'))",
            "note types",
            "Other (id 7): lost",
            id="a note type without notes",
        ),
        pytest.param(
            model("name", "'Basic'"),
            "note types",
            "Basic name: 'Basic' became 'Basic+'",
            id="a note type named like one of Anki's, which it forks",
        ),
        pytest.param(
            model("tmpls[0].qfmt", "'{{Nope}}'"),
            "rendering",
            "test:question card 1 front: Front template has a problem: "
            "Found '{{Nope}}', but there is no field called 'Nope'",
            id="a front with an unknown field",
        ),
        pytest.param(
            model("tmpls[1].afmt", "'{{#Nope}}{{/Nope}}'"),
            "rendering",
            "test:question card 2 back: Back template has a problem: "
            "Found '{{#Nope}}', but there is no field called 'Nope'",
            id="a back with an unknown condition",
        ),
        pytest.param(
            model("tmpls[0].qfmt", "'{{Question}} {{'"),
            "rendering",
            "test:one-way card 1 front: Which particle",
            id="a template with stray braces",
        ),
        pytest.param(
            model("tmpls[0].qfmt", "'static'"),
            "rendering",
            "test:question card 1 front: static The front of this card is blank.",
            id="a front without a field",
        ),
        pytest.param(
            model("tmpls[0].afmt", "''"),
            "rendering",
            "test:question card 1 back: empty",
            id="an empty back",
        ),
        pytest.param(
            model("tmpls[0].afmt", "'<p>{{Question}}'"),
            "rendering",
            "test:question card 1 front and back: the same",
            id="a back that shows only the front",
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, '{{c', '((c')",
            "empty cards",
            "test:sentence card 1: empty",
            id="a cloze note without a cloze",
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, '{{c', '((c')",
            "rendering",
            "test:sentence card 1 front: No cloze 1 found on card.",
            id="a cloze note without a cloze, as a learner sees it",
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, '</ul>', '</ul><img src=\"absent.png\">')",
            "media",
            "absent.png: named by a field, but missing",
            id="a picture that is not there",
        ),
        pytest.param(
            "UPDATE notes SET flds = replace(flds, '<img', '<b')",
            "media",
            ".svg: named by no field",
            id="a picture that no field names",
        ),
    ],
)
def test_damage_is_caught(package: bytes, sql: str, check: str, failure: str) -> None:
    found = failures(verify(damaged(package, sql), "damaged"))
    assert any(failure in line for line in found.get(check, ())), found


def test_a_file_that_no_field_names(package: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        media = json.loads(archive.read("media"))
    listed = json.dumps({**media, "7": "unused.svg"}).encode()
    found = failures(verify(damaged(package, files={"media": listed, "7": b"<svg/>"}), "damaged"))
    assert found == {"media": ("unused.svg: named by no field",)}


@pytest.mark.parametrize(
    ("files", "failure"),
    [
        ({"collection.anki2": None}, "no Anki package: it holds no collection.anki2"),
        ({"collection.anki21b": b""}, "a newer format than collection.anki2"),
        ({"meta": b"\x08\x03"}, "a newer format than collection.anki2"),
        ({"collection.anki2": b""}, "damaged"),
        ({"collection.anki2": b"SQLite format 3\x00" + bytes(4080)}, "damaged"),
        ({"media": None}, "damaged"),
        ({"media": b"{"}, "damaged"),
        ({"media": b"{}"}, "its list of media and its files differ: 0"),
        ({"0": None}, "its list of media and its files differ: 0"),
    ],
)
def test_a_package_of_another_make(package: bytes, files: Files, failure: str) -> None:
    report = verify(damaged(package, files=files), "other")
    (check,) = report.checks
    assert check.name == "package"
    (line,) = check.failures
    assert line.startswith(failure)
    assert "\n" not in line


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="an empty file"),
        pytest.param(b"front\tback\n" * 1000, id="a text"),
        pytest.param(b"PK\x03\x04", id="the beginning of a zip"),
    ],
)
def test_a_file_that_is_no_zip(data: bytes) -> None:
    assert failures(verify(data, "x")) == {
        "package": ("damaged, or no Anki package: BadZipFile: File is not a zip file",)
    }


def test_a_truncated_download_is_one_problem_wherever_it_ends(package: bytes) -> None:
    for end in range(0, len(package), len(package) // 50):
        (line,) = failures(verify(package[:end], "cut"))["package"]
        assert line.startswith("damaged")


def test_a_byte_gone_wrong_is_one_problem_or_none(package: bytes) -> None:
    """Some bytes of a zip mean nothing; nothing else than a report may come of the others."""
    for place in range(0, len(package), len(package) // 50):
        data = package[:place] + bytes([package[place] ^ 0xFF]) + package[place + 1 :]
        found = failures(verify(data, "rot"))
        assert len(found) <= 1
        # Anki reads some marks of a zip that Python passes over.
        assert found.keys() <= {"package", "import"}


def test_nothing_is_left_behind(
    package: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    said: list[str] = []
    assert verify(package, "test.apkg", said.append).ok
    assert list(folder.iterdir()) == []
    assert said == ["test.apkg: reading", *(f"test.apkg: {name}" for name in list(COUNTS)[1:])]


@pytest.fixture
def good(package: bytes, tmp_path: Path) -> str:
    path = tmp_path / "good.apkg"
    path.write_bytes(package)
    return str(path)


@pytest.fixture
def bad(package: bytes, tmp_path: Path) -> str:
    """Every card is suspended."""
    path = tmp_path / "bad.apkg"
    path.write_bytes(damaged(package, "UPDATE cards SET queue = -1"))
    return str(path)


def test_command_prints_a_table(good: str) -> None:
    result = CliRunner().invoke(main, ["verify", good])
    assert result.exit_code == 0
    title, header, *rows = result.stdout.splitlines()
    assert title == good
    assert header.split() == ["check", "checked", "result"]
    assert [row[:14].strip() for row in rows] == list(COUNTS)
    assert all(row.endswith("  ok") for row in rows)
    assert result.stderr == ""


def test_command_fails_when_one_of_its_files_does(good: str, bad: str) -> None:
    result = CliRunner().invoke(main, ["verify", bad, good])
    assert result.exit_code == 1
    rows = [line.split() for line in result.stdout.splitlines()]
    assert rows.count(["package", "1", "ok"]) == 2
    assert rows.count(["positions", "12", "12", "failed"]) == 1
    lines = result.stderr.splitlines()
    assert len(lines) == 11
    assert lines[0].startswith(f"{bad}: positions: test:")
    assert lines[-1] == f"{bad}: positions: and 2 more"


def test_command_prints_json(good: str, bad: str) -> None:
    result = CliRunner().invoke(main, ["verify", "--json", good, bad])
    assert result.exit_code == 1
    assert result.stderr == ""
    first, second = json.loads(result.stdout)["reports"]
    assert (first["file"], first["ok"]) == (good, True)
    assert first["checks"][1] == {"name": "import", "checked": 8, "failures": []}
    assert (second["file"], second["ok"]) == (bad, False)
    assert [len(check["failures"]) for check in second["checks"] if check["failures"]] == [12]


def test_command_needs_files(tmp_path: Path) -> None:
    for args in [], [str(tmp_path)], [str(tmp_path / "none.apkg")]:
        assert CliRunner().invoke(main, ["verify", *args]).exit_code == 2


def test_command_without_anki(good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "nam_flash.backend", raising=False)
    monkeypatch.setitem(sys.modules, "anki.collection", None)
    result = CliRunner().invoke(main, ["verify", good])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "pipx install --force '.[verify]'" in result.stderr
