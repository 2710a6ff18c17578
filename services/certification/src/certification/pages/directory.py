"""The directory's pages: the start page, search results, and each program's page."""

from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request, Response

from certification.domain.applications import Kind
from certification.domain.directory import Listing
from certification.domain.kept_counts import KeptCounts
from certification.domain.languages import language as language_of
from certification.pages.page_route import page, page_router, regret
from certification.pages.questions import Asked, Question, WrongQuestionError, read_question
from certification.pages.standing_words import standing_in_words
from certification.pages.views import filters_in_words, program_view, programs_in_words, sections
from certification.parts import CurrentParts
from certification.use_cases.browse_directory import BrowseDirectory, browse_directory
from certification.use_cases.look_up_register_entry import look_up_register_entry
from certification.use_cases.show_directory_entry import show_directory_entry
from shared.counties import county as county_of
from shared.database.transaction import Transaction
from shared.errors import NotFoundError
from shared.http.routes import CurrentTransaction

router = page_router()

METHODS = ["GET", "HEAD"]


async def read_asked(
    county: str = "",
    name: str = "",
    language: str = "",
    accepting_clients: str = "",
    as_of: str = "",
    page: str = "",
) -> Asked:
    """Read the form fields as they were sent."""
    return Asked(county, name, language, accepting_clients, as_of, page)


AskedFields = Annotated[Asked, Depends(read_asked)]


@router.api_route("/directory", methods=METHODS)
@router.api_route("/directory/", methods=METHODS)
async def get_directory(
    request: Request, tx: CurrentTransaction, parts: CurrentParts, asked: AskedFields
) -> Response:
    """Show the start page, or the search results."""
    if not request.url.query:
        return page("start.html", tx.now, asked=asked, day=tx.today, today=tx.today)
    try:
        question = read_question(asked, tx.today)
    except WrongQuestionError as wrong:
        return mistaken(tx, asked, wrong)
    return await _found(tx, parts.kept_counts, asked, question)


@router.api_route("/directory/programs/{number}", methods=METHODS)
@router.api_route("/directory/programs/{number}/", methods=METHODS)
async def get_program(
    number: str, tx: CurrentTransaction, parts: CurrentParts, as_of: str = ""
) -> Response:
    """Show one program; if it is not certified that day, only its status in the register."""
    number = number.strip().upper()
    try:
        day = read_question(Asked(as_of=as_of), tx.today).day
        shown = await show_directory_entry(tx, number, day)
    except WrongQuestionError as wrong:
        return regret(HTTPStatus.UNPROCESSABLE_ENTITY, wrong.mistakes[0].message)
    except NotFoundError:
        return await _absent(tx, number, day)
    view = program_view(shown.entry, shown.on_day)
    contact = parts.board_contact
    return page("program.html", tx.now, day=day, today=tx.today, program=view, contact=contact)


def mistaken(tx: Transaction, asked: Asked, wrong: WrongQuestionError) -> Response:
    """Show the form again with what was entered and the errors."""
    return page(
        "mistakes.html",
        tx.now,
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        asked=asked,
        mistakes={each.field: each.message for each in wrong.mistakes},
        today=tx.today,
    )


async def _absent(tx: Transaction, number: str, day: date) -> Response:
    """Show the status of a program that is not certified; old links lead here."""
    try:
        entry = await look_up_register_entry(tx, Kind.PROGRAM, number, day)
    except NotFoundError:
        told = {"program": "", "standing": ""}
    else:
        told = {"program": entry.name, "standing": standing_in_words(entry)}
    status = HTTPStatus.NOT_FOUND
    return page("no_program.html", tx.now, status=status, number=number, day=day, **told)


async def _found(tx: Transaction, kept: KeptCounts, asked: Asked, question: Question) -> Response:
    search = question.search
    command = BrowseDirectory(search, question.day, question.page)
    found = await browse_directory(tx, kept, command)
    as_of = f"?as_of={question.day.isoformat()}" if question.day != tx.today else ""
    return page(
        "found.html",
        tx.now,
        asked=asked,
        day=question.day,
        today=tx.today,
        county=county_of(search.county).name if search.county else None,
        language=language_of(search.language).english if search.language else None,
        sections=sections(found, search.county),
        as_of=as_of,
        totals={each.value: programs_in_words(found.counts.get(each, 0)) for each in Listing},
        page_number=question.page,
        has_more=found.has_more,
        filters=filters_in_words(search),
    )
