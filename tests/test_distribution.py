"""What is handed out: packages, update packs from each earlier release, manifest and checksums."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from nam_flash.distribution import Distribution
from nam_flash.manifest import MANIFEST, SUMS, Listed, differences, parse
from tests.conftest import NOW, FactBase

LINE = "- {{id: {}, kind: {}, topic: first, level: {}, cite: [smith2020], {}}}\n"
ONE = LINE.format("one", "basic", "core", "question: One?, answer: A")
TWO = LINE.format("two", "basic", "advanced", "question: Two?, answer: B")
GAP = LINE.format("gap", "cloze", "core", "text: 'A {{c1::gap}}.'")
RETIRED = "answer: B, retired: {release: 0.2.0, why: Wrong.}"


def packs(made: Distribution) -> dict[str, dict[str, bytes]]:
    found = {}
    for artefact in made.artefacts:
        if artefact.name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(artefact.data)) as archive:
                found[artefact.name] = {name: archive.read(name) for name in archive.namelist()}
    return found


def test_the_first_release_has_packages_alone(base: FactBase) -> None:
    made = base.write(ONE + TWO).release("0.1.0")
    assert list(made.files) == ["test.apkg", "test-core.apkg", MANIFEST, SUMS]


def test_a_pack_holds_what_came_and_what_changed_since(base: FactBase) -> None:
    base.write(ONE + TWO).release("0.1.0")
    base.write(ONE.replace("answer: A", "answer: AA") + TWO + GAP).release("0.2.0", NOW + 100)
    made = base.write(
        ONE.replace("answer: A", "answer: AAA") + TWO.replace("answer: B", RETIRED) + GAP
    ).release("0.3.0", NOW + 200)
    assert {name: list(files) for name, files in packs(made).items()} == {
        "test-update-from-0.1.0.zip": [
            "README.txt", "1-new.apkg", "2-changed-basic.txt", "3-retired-basic.txt",
        ],
        "test-update-from-0.2.0.zip": [
            "README.txt", "1-new.apkg", "2-changed-basic.txt", "3-retired-basic.txt",
        ],
        "test-core-update-from-0.1.0.zip": ["README.txt", "1-new.apkg", "2-changed-basic.txt"],
        "test-core-update-from-0.2.0.zip": ["README.txt", "1-new.apkg", "2-changed-basic.txt"],
    }  # fmt: skip
    retired = packs(made)["test-update-from-0.1.0.zip"]["3-retired-basic.txt"].decode()
    assert "#tags:T::!Retired::0.2\n" in retired
    assert "test:two" in retired
    assert "test:one" not in retired


def test_nothing_new_makes_no_pack(base: FactBase) -> None:
    base.write(ONE + TWO).release("0.1.0")
    made = base.write(ONE + TWO.replace("answer: B", "answer: C")).release("0.2.0", NOW + 100)
    assert list(packs(made)) == ["test-update-from-0.1.0.zip"]


def test_the_readme_of_a_pack_says_what_to_do(base: FactBase) -> None:
    base.write(ONE).release("0.1.0")
    made = base.write(ONE + TWO + GAP).release("0.2.0", NOW + 100)
    readme = packs(made)["test-update-from-0.1.0.zip"]["README.txt"].decode()
    assert "from release 0.1.0 to release 0.2.0" in readme
    assert "1. 1-new.apkg" in readme
    assert "CC BY 4.0" in readme


def test_the_checksums_are_those_that_coreutils_checks(base: FactBase, tmp_path: Path) -> None:
    made = base.write(ONE).release("0.1.0")
    for name, data in made.files.items():
        (tmp_path / name).write_bytes(data)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", SUMS], cwd=tmp_path, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout == "test.apkg: OK\ntest-core.apkg: OK\nmanifest.json: OK\n"


def test_the_manifest_says_what_there_is(base: FactBase) -> None:
    made = base.write(ONE + TWO + GAP).release("0.1.0")
    manifest = json.loads(made.files[MANIFEST])
    tools, files = manifest.pop("tools"), manifest.pop("files")
    assert manifest == {
        "deck": "Test", "version": "0.1.0", "licence": "CC BY 4.0",
        "facts": 3, "notes": 3, "cards": 3, "sources": 1,
    }  # fmt: skip
    assert {"nam-flash", "genanki", "pyyaml"} <= set(tools)
    assert [(f["name"], f["notes"], f["cards"]) for f in files] == [
        ("test.apkg", 3, 3),
        ("test-core.apkg", 2, 2),
    ]


def test_what_a_manifest_lists_can_be_checked(base: FactBase) -> None:
    made = base.write(ONE).release("0.1.0")
    listed, problems = parse(MANIFEST, made.files[MANIFEST])
    assert problems == []
    assert [differences(row, made.files[row.name]) for row in listed] == [[], []]
    (row, *_) = listed
    damaged = made.files[row.name][:-1] + b"x"
    assert ["SHA-256" in line for line in differences(row, damaged)] == [True]
    assert len(differences(row, damaged + b"x")) == 2


ROW = {"name": "a.apkg", "sha256": "0", "bytes": 1, "notes": 1, "cards": 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{", "JSONDecodeError"),
        ("[]", "TypeError"),
        ('{"files": [{"name": "a.apkg"}]}', "KeyError: 'sha256'"),
        (json.dumps({"files": [{**ROW, "name": "../a.apkg"}]}), "no name of a file"),
    ],
)
def test_a_manifest_that_is_none_is_a_problem(text: str, found: str) -> None:
    files, (problem,) = parse("m.json", text.encode())
    assert files == ()
    assert found in problem.found


def test_what_is_listed_is_read() -> None:
    listed, problems = parse("m.json", json.dumps({"files": [ROW]}).encode())
    assert (listed, problems) == ((Listed("a.apkg", "0", 1, 1, 1),), [])
