"""The document store: one contract, held by a folder and by S3."""

import asyncio
import hashlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from certification.partners.document_store import (
    DamagedDocumentError,
    DocumentStore,
    StoredDocument,
)
from certification.partners.document_store_place import StorePlace
from contract.doj_simulator.running import served
from integration.certification.simulated_s3 import ACCESS_KEY, SECRET_KEY, SimulatedS3
from shared.errors import InvalidInputError, NotFoundError, UnavailableError

LIMIT = 32 << 20
SMALL = b"what the applicant attests to"
IN_PARTS = b"0123456789abcdef" * (1 << 20) + SMALL
"""16 MB and some: more than is held in memory before anything is sent."""
HALFWAY = str(Path(__file__).with_name("halfway_through_a_document.py"))


class SenderGoneError(Exception):
    """Whoever was sending has gone."""


@dataclass
class Kept:
    """A store, where it is, and a way to look at it from outside."""

    place: StorePlace
    folder: Path
    s3: SimulatedS3 | None = None
    store: DocumentStore = field(init=False)

    def __post_init__(self) -> None:
        """Open it."""
        self.store = DocumentStore(self.place)

    def begun(self) -> list[str]:
        """Everything the store holds, finished or not."""
        files = [str(path) for path in self.folder.rglob("*") if path.is_file()]
        return files if self.s3 is None else [*self.s3.objects, *self.s3.uploads]

    def damage(self) -> None:
        """Change a byte of every document."""
        for path in self.folder.rglob("*"):
            if path.is_file():
                path.write_bytes(b"!" + path.read_bytes()[1:])
        if self.s3 is not None:
            self.s3.objects = {key: b"!" + data[1:] for key, data in self.s3.objects.items()}


@asynccontextmanager
async def _a_folder(folder: Path) -> AsyncIterator[Kept]:
    yield Kept(StorePlace(f"file://{folder}/documents"), folder)


@asynccontextmanager
async def _an_s3(folder: Path) -> AsyncIterator[Kept]:
    s3 = SimulatedS3()
    async with served(s3) as url:
        yield Kept(_s3_place(url), folder, s3)


def _s3_place(url: str) -> StorePlace:
    return StorePlace(
        "s3://bucket/documents", url, access_key_id=ACCESS_KEY, secret_access_key=SECRET_KEY
    )


@pytest.fixture(params=[_a_folder, _an_s3], ids=["folder", "s3"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Kept]:
    async with request.param(tmp_path) as opened:
        yield opened


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1 << 20):
        yield content[start : start + (1 << 20)]


def _failed(operation: str) -> float:
    found = REGISTRY.get_sample_value(
        "casomb_document_store_failures_total",
        {"service": "certification", "operation": operation},
    )
    assert found is not None  # there from the start, so that a first failure is an increase
    return found


async def _read(document: StoredDocument) -> bytes:
    return b"".join([piece async for piece in document.chunks])


async def _torn(content: bytes) -> AsyncIterator[bytes]:
    yield content
    raise SenderGoneError


@pytest.mark.parametrize("content", [SMALL, IN_PARTS], ids=["small", "in parts"])
async def test_what_was_put_is_given_back_by_its_hash(kept: Kept, content: bytes) -> None:
    size = await kept.store.put(_pieces(content), _hash(content), LIMIT)

    found = await kept.store.open(_hash(content))
    assert size == found.size_bytes == len(content)
    assert await _read(found) == content


async def test_the_same_bytes_are_put_twice_and_kept_once(kept: Kept) -> None:
    await kept.store.put(_pieces(SMALL), _hash(SMALL), LIMIT)
    await kept.store.put(_pieces(SMALL), _hash(SMALL), LIMIT)

    assert await _read(await kept.store.open(_hash(SMALL))) == SMALL
    assert len(kept.begun()) == 1


@pytest.mark.parametrize("content", [SMALL, IN_PARTS], ids=["small", "in parts"])
async def test_other_bytes_than_promised_are_refused_and_nothing_is_kept(
    kept: Kept, content: bytes
) -> None:
    promised = _hash(b"something else")

    with pytest.raises(InvalidInputError) as refused:
        await kept.store.put(_pieces(content), promised, LIMIT)

    assert refused.value.code == "other-hash"
    assert refused.value.members == {"promised": promised, "found": _hash(content)}
    assert kept.begun() == []


async def test_a_document_of_no_bytes_is_refused_and_nothing_is_kept(kept: Kept) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await kept.store.put(_pieces(b""), _hash(b""), LIMIT)

    assert refused.value.code == "empty-document"
    assert kept.begun() == []


async def test_other_bytes_leave_alone_what_is_kept_under_the_promised_hash(kept: Kept) -> None:
    await kept.store.put(_pieces(SMALL), _hash(SMALL), LIMIT)

    with pytest.raises(InvalidInputError):
        await kept.store.put(_pieces(IN_PARTS), _hash(SMALL), LIMIT)

    assert await _read(await kept.store.open(_hash(SMALL))) == SMALL


@pytest.mark.parametrize("limit", [len(IN_PARTS) - 1, len(SMALL)])
async def test_a_document_over_the_limit_is_refused_and_nothing_is_kept(
    kept: Kept, limit: int
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await kept.store.put(_pieces(IN_PARTS), _hash(IN_PARTS), limit)

    assert refused.value.code == "document-too-large"
    assert refused.value.members == {"limit_bytes": limit}
    assert kept.begun() == []


async def test_a_document_at_the_limit_is_taken(kept: Kept) -> None:
    assert await kept.store.put(_pieces(SMALL), _hash(SMALL), len(SMALL)) == len(SMALL)


@pytest.mark.parametrize("sha256", ["", "../" * 21 + "x", "A" * 64, "0" * 63, "0" * 64 + "\n"])
async def test_what_is_no_hash_is_refused_before_the_store_is_asked(
    kept: Kept, sha256: str
) -> None:
    with pytest.raises(InvalidInputError) as put:
        await kept.store.put(_pieces(SMALL), sha256, LIMIT)
    with pytest.raises(InvalidInputError) as opened:
        await kept.store.open(sha256)

    assert put.value.code == opened.value.code == "malformed-document-hash"
    assert kept.begun() == []


async def test_a_document_nobody_put_is_not_found(kept: Kept) -> None:
    with pytest.raises(NotFoundError) as refused:
        await kept.store.open(_hash(SMALL))

    assert refused.value.code == "document-content-not-found"


async def test_an_upload_that_breaks_off_keeps_nothing(kept: Kept) -> None:
    with pytest.raises(SenderGoneError):
        await kept.store.put(_torn(IN_PARTS), _hash(IN_PARTS), LIMIT)

    assert kept.begun() == []


async def test_a_process_killed_halfway_leaves_nothing_that_reads_as_a_document(
    kept: Kept,
) -> None:
    told = (kept.place.url, kept.place.endpoint, _hash(IN_PARTS))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, HALFWAY, *told),
        stdout=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdout is not None
    said = await process.stdout.readline()
    process.kill()
    await process.wait()

    assert said == b"half of it is put\n"
    assert len(kept.begun()) == 1  # so it was killed in the middle
    with pytest.raises(NotFoundError):
        await kept.store.open(_hash(IN_PARTS))
    await kept.store.put(_pieces(IN_PARTS), _hash(IN_PARTS), LIMIT)
    assert await _read(await kept.store.open(_hash(IN_PARTS))) == IN_PARTS


@pytest.mark.parametrize("content", [SMALL, IN_PARTS], ids=["small", "in parts"])
async def test_bytes_that_changed_in_the_store_never_end_well(kept: Kept, content: bytes) -> None:
    await kept.store.put(_pieces(content), _hash(content), LIMIT)
    kept.damage()
    document = await kept.store.open(_hash(content))
    got: list[bytes] = []

    with pytest.raises(DamagedDocumentError):
        async for piece in document.chunks:
            got.append(piece)  # noqa: PERF401 - what came before the error is looked at

    assert sum(map(len, got)) < len(content)


async def test_an_s3_that_fails_is_unavailable_and_counted(tmp_path: Path) -> None:
    before = _failed("put")
    async with _an_s3(tmp_path) as kept:
        assert kept.s3 is not None
        kept.s3.is_failing = True

        with pytest.raises(UnavailableError) as put:
            await kept.store.put(_pieces(SMALL), _hash(SMALL), LIMIT)
        with pytest.raises(UnavailableError) as opened:
            await kept.store.open(_hash(SMALL))

    assert put.value.code == opened.value.code == "document-store-unavailable"
    assert _failed("put") == before + 1


async def test_an_s3_that_is_away_is_unavailable() -> None:
    store = DocumentStore(_s3_place("http://127.0.0.1:9"))

    with pytest.raises(UnavailableError):
        await store.put(_pieces(SMALL), _hash(SMALL), LIMIT)


async def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    in_the_way = tmp_path / "documents"
    in_the_way.write_text("a file")
    store = DocumentStore(StorePlace(f"file://{in_the_way}/below"))

    with pytest.raises(UnavailableError):
        await store.put(_pieces(SMALL), _hash(SMALL), LIMIT)


async def test_a_request_signed_with_another_key_is_refused_by_s3(tmp_path: Path) -> None:
    async with _an_s3(tmp_path) as kept:
        stranger = StorePlace(
            "s3://bucket/documents",
            kept.place.endpoint,
            access_key_id=ACCESS_KEY,
            secret_access_key="another",
        )

        with pytest.raises(UnavailableError):
            await DocumentStore(stranger).put(_pieces(SMALL), _hash(SMALL), LIMIT)

        assert kept.begun() == []


async def test_a_small_document_is_one_put_and_a_large_one_goes_in_parts(tmp_path: Path) -> None:
    async with _an_s3(tmp_path) as kept:
        assert kept.s3 is not None
        await kept.store.put(_pieces(SMALL), _hash(SMALL), LIMIT)
        small = list(kept.s3.calls)
        await kept.store.put(_pieces(IN_PARTS), _hash(IN_PARTS), LIMIT)

    assert small == ["PUT"]
    assert kept.s3.calls[1] == "POST uploads"
    assert kept.s3.calls[-1] == "POST uploadId"
    assert all(key.startswith("/bucket/documents/") for key in kept.s3.objects)
