"""YAML text: exact positions, nothing evaluated, hostile input in bounded time and memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nam_flash.nodes import MAX_BYTES, Document, Mapping, Scalar, Sequence, parse


def only(data: bytes) -> tuple[int, int, str]:
    """Parse what has exactly one problem; return its line, column and code."""
    _, problems = parse(Document("f.yaml", data))
    (problem,) = problems
    assert problem.where.path == "f.yaml"
    return problem.where.line, problem.where.column, problem.code


def test_positions_count_characters_from_one() -> None:
    root, problems = parse(Document("f.yaml", "# µ\nä: [1, 'zwei']\n€𝄞: x\n".encode()))
    assert problems == []
    assert isinstance(root, Mapping)
    listed = root.entries["ä"].value
    assert isinstance(listed, Sequence)
    assert listed.items[1] == Scalar("zwei", 2, 8, False)
    assert root.entries["€𝄞"].key == Scalar("€𝄞", 3, 1, True)
    assert root.entries["€𝄞"].value == Scalar("x", 3, 5, True)


@pytest.mark.parametrize("text", ["no", "null", "0x1F", "86e501496586", "2026-11-22", "~", "1_000"])
def test_every_scalar_stays_text(text: str) -> None:
    root, _ = parse(Document("f.yaml", f"- {text}\n".encode()))
    assert isinstance(root, Sequence)
    assert root.items == [Scalar(text, 1, 3, True)]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a: !!python/object:os.system x\n", (1, 4, "NF002")),
        (b"a: !x {b: c}\n", (1, 4, "NF002")),
        (b"a: &anchor x\n", (1, 4, "NF002")),
        (b"a: *nowhere\n", (1, 4, "NF002")),
        (b"a: 1\n<<: {b: 2}\n", (2, 1, "NF002")),
        (b"a: 1\n---\nb: 2\n", (2, 1, "NF002")),
        (b"a: 1\nb: 2\na: 3\n", (3, 1, "NF012")),
        (b"? [a, b]\n: x\n", (1, 3, "NF013")),
        (b"a: b: c\n", (1, 5, "NF001")),
        (b"a: [1,\n", (2, 1, "NF001")),
        (b"a:\n\t- b\n", (2, 1, "NF001")),
        (b"a: 'open\n", (2, 1, "NF001")),
        (b"a: x\x00y\n", (1, 5, "NF003")),
        (b"a: x\ny: \x1f\n", (2, 4, "NF003")),
        (b"ok: 1\na: \xff\n", (2, 4, "NF003")),
        (b"a: 1\r\nb: \xc3(\r\n", (2, 4, "NF003")),
        ("a: \ufffe\n".encode(), (1, 4, "NF003")),
        (b"\xff\xfea\x00:\x00", (1, 1, "NF003")),
    ],
)
def test_what_is_refused_and_where(data: bytes, place: tuple[int, int, str]) -> None:
    assert only(data) == place


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbfa: b\n", b"a: b\r\n", b"a: b\r", b"a: b", b"--- \na: b\n...\n", b"{a: b}"],
)
def test_forms_of_the_same_file(data: bytes) -> None:
    root, problems = parse(Document("f.yaml", data))
    assert problems == []
    assert isinstance(root, Mapping)
    value = root.entries["a"].value
    assert isinstance(value, Scalar)
    assert value.value == "b"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_nothing(data: bytes) -> None:
    assert parse(Document("f.yaml", data)) == (None, [])


def test_an_alias_bomb_is_refused_unexpanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    root, problems = parse(Document("f.yaml", "\n".join(lines).encode()))
    assert {problem.code for problem in problems} == {"NF002"}
    assert isinstance(root, Mapping)
    assert len(root.entries) == 30


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"? "])
def test_deep_nesting_is_one_problem(opening: bytes) -> None:
    _, problems = parse(Document("f.yaml", opening * 10_000))
    assert len(problems) == 1
    assert problems[0].code in ("NF004", "NF001", "NF013")


def test_a_huge_file_is_refused_unparsed() -> None:
    _, problems = parse(Document("f.yaml", b"- a\n" * (MAX_BYTES // 4 + 1)))
    assert [problem.code for problem in problems] == ["NF004"]


@given(st.binary(max_size=200))
def test_problems_of_any_bytes_have_a_place(data: bytes) -> None:
    _, problems = parse(Document("f.yaml", data))
    for problem in problems:
        assert problem.where.line >= 1
        assert problem.where.column >= 1


@given(st.text(alphabet="ab:-#[]{}'\"&*!|>%@?\n \t,", max_size=60))
def test_any_mix_of_signs_gives_a_tree_or_a_problem(text: str) -> None:
    root, problems = parse(Document("f.yaml", text.encode()))
    if root is None and not problems:
        assert not any(c.isalnum() for c in text if text.lstrip()[:1] != "#") or "#" in text
