"""Unknown addresses: browsers get an HTML page, programs a problem document."""

from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException

from certification.pages.page_route import HEADERS, regret


def answer_browsers_with_a_page(app: FastAPI) -> None:
    """Answer an unknown address with a page if the client accepts HTML."""
    as_problem = app.exception_handlers[HTTPException]

    async def answer(request: Request, error: Exception) -> Response:
        is_lost = isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND
        if not (is_lost and "text/html" in request.headers.get("accept", "")):
            problem: Response = await as_problem(request, error)  # type: ignore[misc] # of any kind of connection
            return problem
        page = regret(HTTPStatus.NOT_FOUND)
        page.headers.update(HEADERS)
        return page

    app.add_exception_handler(HTTPException, answer)
