"""A small S3: the operations that a document store needs, each signature checked, over HTTP.

Stands in for an outside party. An object is seen once its PUT was answered or its parts were
completed, as S3 promises; parts that were never completed are kept aside.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

ACCESS_KEY, SECRET_KEY = "AKIDEXAMPLE", "a-secret-access-key"
ALGORITHM = "AWS4-HMAC-SHA256"
_SIGNED = re.compile(
    rf"{ALGORITHM} Credential=([^/]+)/(\d{{8}})/([^/]+)/s3/aws4_request, ?"
    r"SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})"
)


@dataclass
class SimulatedS3:
    """An ASGI application that keeps its objects in memory."""

    objects: dict[str, bytes] = field(default_factory=dict)
    uploads: dict[str, dict[int, bytes]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    is_failing: bool = False
    _begun: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:  # whoever called died, or took back what it was sending
            return
        answer = self._refusal(request, body) or self._answer(request, body)
        await answer(scope, receive, send)

    def _refusal(self, request: Request, body: bytes) -> Response | None:
        if self.is_failing:
            return Response("<Error><Code>InternalError</Code></Error>", 500)
        if signature_fault(request, body):
            return Response("<Error><Code>SignatureDoesNotMatch</Code></Error>", 403)
        return None

    def _answer(self, request: Request, body: bytes) -> Response:
        query = dict(parse_qsl(request.url.query, keep_blank_values=True))
        key = request.url.path
        self.calls.append(" ".join([request.method, *sorted(query)]))
        if request.method == "POST" and "uploads" in query:
            return self._begin(key)
        if "uploadId" in query:
            return self._part_or_end(request.method, key, query, body)
        if request.method == "PUT":
            self.objects[key] = body
            return Response(headers={"ETag": _etag(body)})
        return self._read(key)

    def _begin(self, key: str) -> Response:
        self._begun += 1
        upload = f"upload-{self._begun}"
        self.uploads[upload] = {}
        return Response(
            f"<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>{key}</Key>"
            f"<UploadId>{upload}</UploadId></InitiateMultipartUploadResult>",
            media_type="application/xml",
        )

    def _part_or_end(self, method: str, key: str, query: dict[str, str], body: bytes) -> Response:
        upload = query["uploadId"]
        if upload not in self.uploads:
            return Response("<Error><Code>NoSuchUpload</Code></Error>", 404)
        if method == "DELETE":
            del self.uploads[upload]
            return Response(status_code=204)
        if method == "PUT":
            self.uploads[upload][int(query["partNumber"])] = body
            return Response(headers={"ETag": _etag(body)})
        parts = self.uploads.pop(upload)
        self.objects[key] = b"".join(parts[number] for number in sorted(parts))
        return Response(
            f"<CompleteMultipartUploadResult><Key>{key}</Key>"
            f"<ETag>{_etag(self.objects[key])}</ETag></CompleteMultipartUploadResult>",
            media_type="application/xml",
        )

    def _read(self, key: str) -> Response:
        if key not in self.objects:
            return Response("<Error><Code>NoSuchKey</Code></Error>", 404)
        found = self.objects[key]
        headers = {"ETag": _etag(found), "Last-Modified": "Fri, 20 Nov 2026 18:00:00 GMT"}
        return Response(found, headers=headers, media_type="application/octet-stream")


def signature_fault(request: Request, body: bytes) -> str | None:
    """What is wrong with a request's signature (Signature Version 4), None where nothing is."""
    signed = _SIGNED.fullmatch(request.headers.get("authorization", ""))
    if signed is None or signed[1] != ACCESS_KEY:
        return "not signed by this key"
    stated = request.headers["x-amz-content-sha256"]
    if stated not in {hashlib.sha256(body).hexdigest(), "UNSIGNED-PAYLOAD"}:
        return "signed for other bytes"
    canonical = _canonical(request, signed[4].split(";"), stated)
    place = f"{signed[2]}/{signed[3]}/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join([ALGORITHM, request.headers["x-amz-date"], place, digest])
    key = f"AWS4{SECRET_KEY}".encode()
    for part in place.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    expected = hmac.digest(key, text.encode(), "sha256").hex()
    return None if hmac.compare_digest(expected, signed[5]) else "another signature"


def _canonical(request: Request, names: list[str], stated: str) -> str:
    pairs = sorted(parse_qsl(request.url.query, keep_blank_values=True))
    query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
    headers = "".join(f"{name}:{request.headers[name].strip()}\n" for name in names)
    path = request.scope["raw_path"].decode()
    return "\n".join([request.method, path, query, headers, ";".join(names), stated])


def _etag(body: bytes) -> str:
    return f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
