"""The directory as a CSV table: all results of a search, sent as they are read."""

import csv
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from io import StringIO

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from certification.domain.directory import ListedProgram
from certification.domain.languages import language
from certification.pages.directory import METHODS, AskedFields, mistaken
from certification.pages.page_route import DownloadRoute, cache_control, page_router
from certification.pages.questions import Question, WrongQuestionError, read_question
from certification.pages.rendering import phone_words
from certification.parts import CurrentParts, Parts
from certification.storage import directory
from certification.storage.directory import place_in_directory
from shared.counties import county
from shared.database.transaction import Transaction
from shared.http.routes import CurrentTransaction

router = page_router(DownloadRoute)

PART = 1_000
"""Rows read at once, so that a slow client does not hold a database connection."""

BEGINS_A_FORMULA = re.compile(
    "[=\t\r\uff1d]"  # whatever follows
    "|[+\\-@\uff0b\uff0d\uff20](?=.*[(|!\\[{]|[\\d.+\\-*/^% ]*$)"  # a call, or a sum
)
"""Text that a spreadsheet would compute:

`@SUM(A1)`, `+1+2`. "+1 Recovery" and "@Home" are names.
"""
BYTE_ORDER_MARK = "\ufeff"
TITLES = (
    *("number", "name", "headquarters_county", "served_counties", "listed_as"),
    *("certified_since", "conditions", "towns", "languages", "accepting_clients"),
    *("details_said_on", "phone", "website", "as_of"),
)
ACCEPTING = {True: "yes", False: "no", None: "not reported"}


@router.api_route("/directory.csv", methods=METHODS)
async def get_download(
    request: Request, tx: CurrentTransaction, parts: CurrentParts, asked: AskedFields
) -> Response:
    """Send all results; the first part is read before the answer begins."""
    try:
        question = read_question(asked, tx.today)
    except WrongQuestionError as wrong:
        return mistaken(tx, asked, wrong)
    headers = {
        "Cache-Control": cache_control(tx.now),
        "Content-Disposition": f'attachment; filename="directory-{question.day.isoformat()}.csv"',
    }
    media = "text/csv; charset=utf-8"
    if request.method == "HEAD":
        return Response(headers=headers, media_type=media)
    first = await _part(tx, question, None)
    return StreamingResponse(_table(parts, tx, question, first), headers=headers, media_type=media)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet reads as a formula."""
    return f"'{cell}" if BEGINS_A_FORMULA.match(cell) else cell


async def _table(
    parts: Parts, tx: Transaction, question: Question, first: list[ListedProgram]
) -> AsyncIterator[bytes]:
    yield _lines([TITLES], BYTE_ORDER_MARK)
    read = first
    while True:
        yield _lines(_cells(each, question) for each in read[:PART])
        if len(read) <= PART:
            return
        async with parts.database.reading(tx.cause) as another:
            read = await _part(another, question, read[PART - 1])


async def _part(
    tx: Transaction, question: Question, last: ListedProgram | None
) -> list[ListedProgram]:
    """Read one more row than a part has, to know whether another part follows."""
    after = place_in_directory(last) if last else None
    return await directory.certified_on(tx, question.day, question.search, after=after, limit=PART)


def _lines(rows: Iterable[Iterable[str]], begins: str = "") -> bytes:
    text = StringIO(begins)
    text.seek(0, 2)
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cells(entry: ListedProgram, question: Question) -> Iterator[str]:
    program = entry.program
    place = program.place
    cells = (
        entry.number,
        program.name,
        county(place.headquarters_county).name,
        "; ".join(county(each).name for each in place.served_counties),
        entry.listed_as,
        entry.certified_since.isoformat(),
        "; ".join(entry.conditions),
        "; ".join(entry.towns),
        "; ".join(language(each).english for each in program.languages),
        ACCEPTING[program.accepting_clients],
        program.details_said_on.isoformat() if program.details_said_on else "",
        phone_words(program.public_phone or ""),
        program.website or "",
        question.day.isoformat(),
    )
    return map(harmless, cells)
