"""The status pages for applicants: one asks for the status code, one shows the status.

The code is sent in the body of a form, so that it stays out of addresses, histories and logs. The
page does not say whose application it is.
"""

from http import HTTPStatus

from fastapi import Depends, Request, Response

from certification.domain.status_tokens import TOKEN_PATTERN
from certification.pages.page_route import HTML, page_router
from certification.pages.rendering import render
from certification.pages.status_view import status_view
from certification.parts import CurrentParts, count_request
from certification.use_cases.show_status import show_status
from shared.errors import NotFoundError
from shared.http.routes import CurrentTransaction
from shared.law.api.law_dependency import CurrentLaw

router = page_router()

METHODS = ["GET", "HEAD"]
UNKNOWN = (
    "No application has this code. Check that you copied all of it, or get a new code where you "
    "applied. A new code replaces the old one."
)


@router.api_route("/status", methods=METHODS)
async def get_status_form() -> Response:
    """Show the form that asks for the code."""
    return _page("status_question.html", mistake="")


@router.post("/status", dependencies=[Depends(count_request)])
async def post_status(
    request: Request, tx: CurrentTransaction, law: CurrentLaw, parts: CurrentParts
) -> Response:
    """Show the status of the application with this code."""
    form = await request.form(max_files=0, max_fields=1)
    token = str(form.get("token", "")).strip()
    if not TOKEN_PATTERN.fullmatch(token):
        return _page("status_question.html", HTTPStatus.UNPROCESSABLE_ENTITY, mistake=UNKNOWN)
    try:
        status = await show_status(tx, law, parts.standards, parts.forecasts, token)
    except NotFoundError:
        return _page("status_question.html", HTTPStatus.NOT_FOUND, mistake=UNKNOWN)
    return _page(
        "status.html",
        status=status_view(status, parts.standards.item_titles),
        contact=parts.board_contact,
    )


def _page(name: str, code: HTTPStatus = HTTPStatus.OK, **shown: object) -> Response:
    """Render a page that must not be cached."""
    return Response(render(name, **shown), code, {"Cache-Control": "no-store"}, media_type=HTML)
