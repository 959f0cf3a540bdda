"""The preview as an author meets it: the command runs, a save shows in the browser."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import FactBase

FACTS = """\
- id: one
  kind: basic
  topic: first/alpha
  level: core
  cite: [smith2020]
  question: First question?
  answer: first answer
- id: two
  kind: basic
  topic: first/alpha
  level: core
  cite: [smith2020]
  question: Second question?
  answer: second answer
"""
TOPIC = "topics/first/alpha.html"


class Preview:
    """The running command."""

    def __init__(self, folder: Path) -> None:
        program = [sys.executable, "-m", "nam_flash", "preview", "--no-open", "--port", "0"]
        self.process = subprocess.Popen(
            program, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().split()[0]

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors


@pytest.fixture
def preview(base: FactBase, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    running = Preview(base.write(FACTS).folder)
    yield running
    if running.process.poll() is None:
        running.stop()


def test_a_save_shows_and_the_open_card_stays_open(
    preview: Preview, base: FactBase, open_page: Callable[..., Page]
) -> None:
    page = open_page(900)
    faults: list[str] = []
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "request", lambda r: None if r.url.startswith(preview.address) else faults.append(r.url)
    )
    page.goto(preview.address + TOPIC)
    page.locator("#two summary").click()
    base.write(FACTS.replace("second answer", "a better answer"))
    expect(page.locator("#two .nf-answer")).to_have_text("a better answer")
    expect(page.locator("#two .nf-answer")).to_be_visible()
    expect(page.locator("#one .nf-answer")).to_be_hidden()
    assert faults == []


def test_a_save_is_seen_on_the_pages_that_it_changes_alone(
    preview: Preview, base: FactBase, open_page: Callable[..., Page]
) -> None:
    page, other = open_page(900), open_page(900)
    page.goto(preview.address + TOPIC)
    other.goto(preview.address + "facts/one.html")
    other.evaluate("window.mark = 'not reloaded'")
    base.write(FACTS.replace("second answer", "a better answer"))
    expect(page.locator("#two .nf-answer")).to_have_text("a better answer")
    base.write(FACTS.replace("second answer", "the best answer"))
    expect(page.locator("#two .nf-answer")).to_have_text("the best answer")
    assert other.evaluate("window.mark") == "not reloaded"


@pytest.mark.parametrize(
    ("find", "change", "place", "shown"),
    [
        ("answer: second", "anser: second", "facts.yaml:14:3", "NF010 unknown-key"),
        ("second answer", "second **answer", "facts.yaml:14:11", "NF030 markup"),
        ("topic: first/alpha\n  level: core\n  cite: [smith2020]\n  question: Second",
         "topic: first/alpha\n  level: core\n  cite: [nobody]\n  question: Second",
         "facts.yaml:12:10", "NF021 unresolved"),
    ],
)  # fmt: skip
def test_a_problem_stands_in_place_of_the_cards_that_it_breaks(
    preview: Preview, base: FactBase, open_page: Callable[..., Page],
    find: str, change: str, place: str, shown: str,
) -> None:  # fmt: skip
    assert find in FACTS
    page = open_page(900)
    page.goto(preview.address + TOPIC)
    base.write(FACTS.replace(find, change))
    report = page.locator("#two .report", has_text=shown)
    expect(report).to_contain_text(place)
    line = base.cards.joinpath("facts.yaml").read_text().splitlines()[int(place.split(":")[1]) - 1]
    expect(report.locator("pre")).to_have_text(line)
    expect(page.locator("#two .flip")).to_have_count(0)
    expect(page.locator("#one .flip")).to_have_count(1)
    base.write(FACTS)
    expect(page.locator("#two .flip")).to_have_count(1)


def test_a_file_that_cannot_be_read_keeps_its_cards_as_stale(
    preview: Preview, base: FactBase, open_page: Callable[..., Page]
) -> None:
    page = open_page(900)
    page.goto(preview.address + TOPIC)
    base.write(FACTS + "- id: [\n")
    expect(page.get_by_role("region", name="Problems")).to_contain_text("NF001 yaml-syntax")
    expect(page.locator(".stale")).to_have_count(2)
    expect(page.locator(".flip")).to_have_count(2)
    base.write(FACTS)
    expect(page.locator(".stale")).to_have_count(0)


def test_problems_are_named_on_every_page(
    preview: Preview, base: FactBase, open_page: Callable[..., Page]
) -> None:
    """Also of a fact whose topic there is not, which no list of a topic can show."""
    page = open_page(900)
    page.goto(preview.address)
    base.write(FACTS.replace("first/alpha", "nowhere", 1))
    page.get_by_role("region", name="Problems").get_by_role("link", name="one").click()
    expect(page.locator(".report", has_text="NF023").first).to_be_visible()


def test_more_pages_may_be_open_than_a_browser_has_connections(
    preview: Preview, open_page: Callable[..., Page]
) -> None:
    hide = "Object.defineProperty(document, 'hidden', { get: () => true })"
    for _ in range(7):
        page = open_page(900)
        page.goto(preview.address + TOPIC)
        page.evaluate(f"{hide}; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#one")).to_be_visible()


def test_an_open_page_says_that_the_preview_has_ended(
    preview: Preview, open_page: Callable[..., Page]
) -> None:
    page = open_page(900)
    page.goto(preview.address + TOPIC)
    preview.stop()
    expect(page.get_by_role("status").filter(has_text="ended")).to_be_visible()


def test_a_new_fact_gets_its_page(
    preview: Preview, base: FactBase, open_page: Callable[..., Page]
) -> None:
    page = open_page(900)
    page.goto(preview.address + "facts/three.html")
    expect(page.get_by_text("There is no such page now.")).to_be_visible()
    base.write(FACTS.replace("id: two", "id: three"))
    expect(page.locator(".flip")).to_have_count(1)


def test_it_answers_to_its_own_name_on_the_loopback_alone(preview: Preview) -> None:
    connection = HTTPConnection("127.0.0.1", preview.port)
    for host, status in (
        (f"127.0.0.1:{preview.port}", 200),
        (f"localhost:{preview.port}", 200),
        ("evil.example", 403),
        (f"evil.example:{preview.port}", 403),
    ):
        connection.request("GET", "/", headers={"Host": host})
        response = connection.getresponse()
        response.read()
        assert response.status == status, host
    connection.request("POST", "/", headers={"Host": f"127.0.0.1:{preview.port}"})
    assert connection.getresponse().status == 501
    connection.close()


def test_ctrl_c_ends_it(preview: Preview, open_page: Callable[..., Page]) -> None:
    """Also while a browser listens; and the author was told of each look at the facts."""
    open_page(900).goto(preview.address)
    code, errors = preview.stop()
    assert code == 0
    assert "no problem" in errors
    assert errors.strip().endswith(")")  # the last look, and nothing after it


def test_a_port_that_is_taken_is_a_plain_error(preview: Preview, base: FactBase) -> None:
    program = [sys.executable, "-m", "nam_flash", "preview", "--no-open"]
    result = subprocess.run(
        [*program, "--port", str(preview.port)], cwd=base.folder, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert f"port {preview.port}: " in result.stderr
