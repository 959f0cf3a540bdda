"""A source as learners see it."""

import pytest

from nam_flash.citation import link, reference
from nam_flash.fact import Evidence, Issued, Name, Source
from nam_flash.nodes import Document
from nam_flash.reader import Origin


def source(**values: object) -> Source:
    given: dict[str, object] = {
        "id": "x",
        "type": "article-journal",
        "title": "Muscle & nerve",
        "issued": Issued((("2020",),)),
        "custom": Evidence("cohort", "abstract"),
        "origin": Origin(Document("s.yaml", b""), 1, 1),
    }
    return Source(**(given | values))  # type: ignore[arg-type]


NAMES = tuple(Name(family=name, given="A") for name in ("One", "Two", "Three", "Four"))


@pytest.mark.parametrize(
    ("values", "start"),
    [
        ({"author": NAMES[:2]}, "One A, Two A. Muscle &amp; nerve. 2020. "),
        ({"author": NAMES}, "One A, Two A, Three A, et al. Muscle"),
        ({"author": NAMES[:1], "custom": Evidence("cohort", "abstract", more_authors=True)},
         "One A, et al. Muscle"),
        ({"author": (Name(literal="A Society"),)}, "A Society. Muscle"),
        ({"container_title": "J Muscle", "volume": "3", "issue": "2", "page": "1-9"},
         "Muscle &amp; nerve. <i>J Muscle</i>. 2020;3(2):1-9. "),
        ({"title": "Is it muscle?"}, "Is it muscle? 2020. "),
        ({"publisher": "A House"}, "Muscle &amp; nerve. A House. 2020. "),
    ],
)  # fmt: skip
def test_reference(values: dict[str, object], start: str) -> None:
    assert reference(source(doi="10.1/x", **values)).startswith(start)


def test_locator() -> None:
    assert " 2020. Table 2. <a" in reference(source(doi="10.1/x"), "Table 2")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"doi": "10.1/a", "pmid": "1"}, ("doi:10.1/a", "https://doi.org/10.1/a")),
        ({"pmid": "12"}, ("PMID 12", "https://pubmed.ncbi.nlm.nih.gov/12/")),
        ({"pmcid": "PMC1234"}, ("PMC1234", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1234/")),
        ({"url": "https://a.org/b"}, ("a.org", "https://a.org/b")),
    ],
)
def test_link(values: dict[str, str], expected: tuple[str, str]) -> None:
    assert link(source(**values)) == expected
