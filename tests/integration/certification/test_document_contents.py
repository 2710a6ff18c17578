"""The bytes of documents over HTTP: kept under their promised hash, given back as they came."""

import base64
import hashlib
from collections.abc import AsyncIterator

import pytest

from integration.certification.board_office import ANOTHER, BODY_LIMIT, BoardOffice, Json
from shared.identifiers import new_id
from shared.security.principals import Role

PDF = {"Content-Type": "application/pdf"}
LETTER = b"%PDF-1.7 an invented letter"
LARGE = b"x" * (3 * BODY_LIMIT)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest(content: bytes) -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    return {"Content-Digest": f"sha-256=:{digest}:"}


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1000):
        yield content[start : start + 1000]


@pytest.fixture
async def file(office: BoardOffice) -> Json:
    """An application for which no license has come, and the fee came without its bytes."""
    body = office.provider_body()
    body["documents"] = [each for each in body["documents"] if each != "license-verification"]
    return await office.submit(body)


def _content_of(file: Json, item: str) -> str:
    return f"/v1/applications/{file['application_id']}/documents/{item}/content"


async def test_bytes_of_the_promised_hash_are_kept_and_given_back(
    office: BoardOffice, file: Json
) -> None:
    told = {
        "item": "license-verification",
        "sha256": _sha256(LARGE),
        "size_bytes": len(LARGE),
        "media_type": "application/pdf",
    }
    url = f"/v1/applications/{file['application_id']}/documents"
    await office.http.post(url, json=told, headers=office.applicant)
    content = _content_of(file, "license-verification")

    stored = await office.http.put(content, content=_pieces(LARGE), headers=office.applicant | PDF)

    read = await office.http.get(content, headers=office.reviewer)
    assert stored.status_code == 200, stored.text
    assert stored.json()["content_at"] is not None
    assert (read.status_code, read.content) == (200, LARGE)
    assert read.headers["content-type"] == "application/pdf"
    assert read.headers["content-disposition"].startswith("attachment")


async def test_a_document_of_no_bytes_is_refused_and_not_kept(
    office: BoardOffice, file: Json
) -> None:
    url = _content_of(file, "fee")

    answer = await office.http.put(url, content=b"", headers=office.applicant | PDF | _digest(b""))

    read = await office.http.get(url, headers=office.reviewer)
    assert (answer.status_code, answer.json()["type"]) == (
        422,
        "urn:casomb:problem:empty-document",
    )
    assert read.json()["type"] == "urn:casomb:problem:no-content"


async def test_a_hash_that_was_not_said_before_may_come_with_the_bytes(
    office: BoardOffice, file: Json
) -> None:
    url = _content_of(file, "fee")

    without = await office.http.put(url, content=LETTER, headers=office.applicant | PDF)
    stored = await office.http.put(
        url, content=LETTER, headers=office.applicant | PDF | _digest(LETTER)
    )

    assert (without.status_code, without.json()["type"]) == (
        409,
        "urn:casomb:problem:hash-not-said",
    )
    assert stored.json()["sha256"] == _sha256(LETTER)
    assert stored.json()["size_bytes"] == len(LETTER)


async def test_other_bytes_than_promised_are_refused_by_name_and_not_kept(
    office: BoardOffice, file: Json
) -> None:
    url = _content_of(file, "fee")

    other = await office.http.put(
        url, content=b"other bytes", headers=office.applicant | PDF | _digest(LETTER)
    )
    read = await office.http.get(url, headers=office.applicant)

    assert (other.status_code, other.json()["type"]) == (422, "urn:casomb:problem:other-hash")
    assert other.json()["promised"] == _sha256(LETTER)
    assert (read.status_code, read.json()["type"]) == (409, "urn:casomb:problem:no-content")


async def test_another_hash_than_the_documents_is_refused_before_a_byte_is_read(
    office: BoardOffice, file: Json
) -> None:
    url = _content_of(file, "fee")
    await office.http.put(url, content=LETTER, headers=office.applicant | PDF | _digest(LETTER))

    other = await office.http.put(
        url, content=b"other", headers=office.applicant | PDF | _digest(b"other")
    )

    assert (other.status_code, other.json()["type"]) == (409, "urn:casomb:problem:other-hash")


async def test_a_document_beyond_the_bound_is_too_large(
    office: BoardOffice, file: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certification.api.document_contents.LARGEST_DOCUMENT", len(LETTER) - 1)

    answer = await office.http.put(
        _content_of(file, "fee"), content=LETTER, headers=office.applicant | PDF | _digest(LETTER)
    )

    assert (answer.status_code, answer.json()["type"]) == (
        413,
        "urn:casomb:problem:document-too-large",
    )


@pytest.mark.parametrize("header", ["sha-256=:short:", "md5=:AAAA:", "sha-256=:!:"])
async def test_a_digest_that_is_none_is_refused(
    office: BoardOffice, file: Json, header: str
) -> None:
    headers = office.applicant | PDF | {"Content-Digest": header}

    answer = await office.http.put(_content_of(file, "fee"), content=LETTER, headers=headers)

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] == "header.Content-Digest"


async def test_the_board_reads_no_document_of_a_draft(office: BoardOffice) -> None:
    file = await office.submit(office.provider_body(draft=True))
    url = _content_of(file, "fee")
    await office.http.put(url, content=LETTER, headers=office.applicant | PDF | _digest(LETTER))

    by_reviewer = await office.http.get(url, headers=office.reviewer)
    own = await office.http.get(url, headers=office.applicant)

    assert (by_reviewer.status_code, own.status_code) == (404, 200)


async def test_no_bytes_come_for_what_was_accepted_without_any_or_once_a_file_is_over(
    office: BoardOffice,
) -> None:
    file = await office.submit(office.provider_body())
    await office.complete(file["application_id"])
    over = await office.submit(office.provider_body(**ANOTHER))
    await office.http.post(
        f"/v1/applications/{over['application_id']}/withdrawals", headers=office.applicant
    )

    late = [
        await office.http.put(
            _content_of(each, "fee"),
            content=LETTER,
            headers=office.applicant | PDF | _digest(LETTER),
        )
        for each in (file, over)
    ]

    assert [(each.status_code, each.json()["type"]) for each in late] == [
        (409, "urn:casomb:problem:accepted-without-content"),
        (409, "urn:casomb:problem:wrong-state"),
    ]


async def test_nobody_stores_or_reads_in_anothers_file(office: BoardOffice, file: Json) -> None:
    stranger = office.holding(Role.APPLICANT, sub=new_id())
    url = _content_of(file, "fee")

    put = await office.http.put(url, content=LETTER, headers=stranger | PDF | _digest(LETTER))
    read = await office.http.get(url, headers=stranger)

    assert (put.status_code, read.status_code) == (404, 404)
