"""A limit on the request line and headers: too long or too many are refused with 431.

The middleware measures a head that has arrived whole. For a head that does not end, the protocol
stops reading, after far more bytes than the middleware would accept.
"""

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shared.http.problems import problem
from shared.identifiers import new_id

LARGEST_HEAD_BYTES = 16_384
MOST_HEADERS = 100
LARGEST_UNFINISHED_BYTES = 65_536
LINGER_SECONDS = 2.0
"""Seconds after a refusal in which the rest of the request is read, so that the answer arrives."""


class HeaderLimitMiddleware:
    """Answers 431 if a request's address and headers are too long or too many."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and _is_too_large(scope):
            refusal = problem(
                431, "headers-too-large", DETAIL, request_correlation=str(scope["correlation_id"])
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


DETAIL = (
    f"The address and headers of a request may have at most {LARGEST_HEAD_BYTES} bytes "
    f"together and at most {MOST_HEADERS} headers."
)


def _is_too_large(scope: Scope) -> bool:
    headers = scope["headers"]
    address = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
    size = address + sum(len(name) + len(value) for name, value in headers)
    return len(headers) > MOST_HEADERS or size > LARGEST_HEAD_BYTES


class BoundedHeadProtocol(HttpToolsProtocol):
    """uvicorn's HTTP protocol with a limit on the request head; trailers are dropped."""

    _is_in_head = False
    _is_refused = False
    _unfinished_bytes = 0

    def data_received(self, data: bytes) -> None:
        """Read more data; after a refusal, drop it."""
        if self._is_refused:
            return
        super().data_received(data)
        if self._is_in_head:
            self._unfinished_bytes += len(data)
            if self._unfinished_bytes > LARGEST_UNFINISHED_BYTES:
                self._refuse()

    def on_message_begin(self) -> None:
        """Begin a request; everything up to the end of the headers counts as its head."""
        self._is_in_head, self._unfinished_bytes = True, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Accept one header. Trailers after the body are dropped, because nothing reads them."""
        if self._is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Start handling the request once its headers are complete."""
        self._is_in_head = False
        super().on_headers_complete()

    def _refuse(self) -> None:
        self._is_refused = True
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            self.transport.write(_refusal())
        asyncio.get_running_loop().call_later(LINGER_SECONDS, self.transport.close)


def _refusal() -> bytes:
    correlation = str(new_id())
    body = problem(431, "headers-too-large", DETAIL, request_correlation=correlation).body
    head = (
        "HTTP/1.1 431 Request Header Fields Too Large\r\n"
        "content-type: application/problem+json\r\n"
        f"content-length: {len(body)}\r\n"
        f"x-correlation-id: {correlation}\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + bytes(body)
