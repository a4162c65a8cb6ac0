"""The form for adding, empty or with what was typed: neither more boxes nor a mistake costs anybody their text."""

from collections.abc import Sequence
from itertools import combinations

from starlette.requests import Request
from starlette.responses import Response

from twosource.article import Article
from twosource.errors import InputError
from twosource.web.answers import answer, made
from twosource.web.refused import Refused
from twosource.web.settings import MOST_BODY
from twosource.web.templating import render, short
from twosource.web.writing.forms import Form, name_of

BOXES = 2
"""Boxes for texts that the page begins with."""

MOST_BOXES = 20

STEP = 3
"""Boxes that "More boxes" adds."""

FIELDS = ("text", "outlet", "title", "url", "published")
"""What a form says of a pasted text."""


class Amiss(Refused):
    """A form that cannot be taken as it is; ``at`` is the number of the text whose box it is about.

    "addresses" is the box of addresses, "" no box.
    """

    def __init__(self, why: str, at: str = "") -> None:
        super().__init__(400, why)
        self.at = at


def columns(sent: Form) -> list[dict[str, str]]:
    """Return what stands in each text's fields, empty ones too, `MOST_BOXES` in all."""
    told = [[*list(sent.many(name))[:MOST_BOXES], *[""] * MOST_BOXES][:MOST_BOXES] for name in FIELDS]
    return [dict(zip(FIELDS, one, strict=True)) for one in zip(*told, strict=True)]


def empty(request: Request, boxes: int, url: str) -> Response:
    """Answer with the form, nothing in it but an address."""
    many = min(max(boxes, 1), MOST_BOXES)
    return answer(request, made(_page(request, [dict.fromkeys(FIELDS, "")] * many, url=url[:2000])))


def again(sent: Form, wrong: Amiss | None = None) -> Response:
    """Answer with the form as it was sent; with more boxes, or with what is wrong beside its box."""
    texts = columns(sent)[: max(BOXES, min(len(sent.many("text")), MOST_BOXES))]
    if wrong is None:
        texts += [dict.fromkeys(FIELDS, "")] * min(STEP, MOST_BOXES - len(texts))
    page = _page(
        sent.request,
        texts,
        url=sent.text("addresses"),
        wrong=wrong,
        name=sent.text("by"),
        alone=sent.one("alone") == "yes",
        files=len(sent.files),
    )
    return answer(sent.request, made(page), 200 if wrong is None else 400)


def _page(
    request: Request, texts: Sequence[dict[str, str]], *, url: str, wrong: Amiss | None = None, name: str = "",
    alone: bool = True, files: int = 0,
) -> str:  # fmt: skip
    return render(
        "add.html",
        texts=texts,
        boxes=len(texts),
        most=MOST_BOXES,
        url=url,
        name=name or name_of(request),
        why=wrong.why if wrong else "",
        at=wrong.at if wrong else "",
        alone=alone,
        files=files,
        megabytes=MOST_BODY // (1024 * 1024),
        bytes=MOST_BODY,
    )


def checked(texts: Sequence[dict[str, str]], found: Sequence[Article | InputError], *, others: bool) -> None:
    """See that pasted texts can be used; ``others``: files or addresses came with them. ``found`` is in their order.

    Raises:
        Amiss: none of several texts differs from the others, or one cannot be read.

    """
    numbers = [str(n) for n, one in enumerate(texts, 1) if one["text"].strip()]
    told = list(zip(numbers, found, strict=True))
    for number, one in told:
        if isinstance(one, InputError):
            raise Amiss(f"Text {number} cannot be used: {short(one.reason, 200)}.", number)
    words = [(number, " ".join(one.text.split())) for number, one in told if isinstance(one, Article)]
    if len(words) > 1 and not others and len({text for _, text in words}) == 1:
        first, second = next(pair for pair in combinations(words, 2))
        why = f"Text {second[0]} is the same as text {first[0]}. Two different ones are needed to compare them."
        raise Amiss(why, second[0])
