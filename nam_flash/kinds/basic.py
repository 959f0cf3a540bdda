"""Kind ``basic``: a question and its answer, where it helps also the other way round."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from nam_flash.fact import Fact
from nam_flash.kinds.draft import Desk, Draft
from nam_flash.markup import together
from nam_flash.reader import Text, about


@dataclass(frozen=True, slots=True)
class Reverse:
    """The second card of a basic fact."""

    question: Text = field(metadata=about("The question in the other direction."))
    answer: Text = field(metadata=about("Its answer."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Basic(Fact):
    """One question, one answer.

    ``reverse`` asks the other way round, on a second card of the same note: Anki can then bury
    one on the day of the other (deck option "Bury new siblings").
    """

    question: Text = field(metadata=about("The question, with its context."))
    answer: Text = field(metadata=about("The one short answer."))
    reverse: Reverse | None = field(default=None, metadata=about("The other direction."))

    def drafts(self, desk: Desk) -> Iterator[Draft]:
        """Yield the one note."""
        side = desk.side(self, self.question, self.answer)
        fields = {
            "Question": side(self.question, "question"),
            "Answer": side(self.answer, "answer"),
        }
        last = side
        if self.reverse:
            back = desk.side(self, self.reverse.question, self.reverse.answer)
            fields["Reverse Question"] = back(self.reverse.question, "reverse", "question")
            fields["Reverse Answer"] = back(self.reverse.answer, "reverse", "answer")
            last = together(side, back)
        extra = last(self.extra, "extra")
        ords = (0, 1) if self.reverse else (0,)
        yield Draft("basic", fields, ords, extra=extra, cite=self.cite)
