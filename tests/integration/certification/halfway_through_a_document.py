"""A process that has put half of a document and then waits to be killed.

Told by its arguments: the store's address, the endpoint of S3 or nothing, the promised SHA-256.
"""

import asyncio
import sys
from collections.abc import AsyncIterator

from certification.partners.document_store import DocumentStore
from certification.partners.document_store_place import StorePlace
from integration.certification.simulated_s3 import ACCESS_KEY, SECRET_KEY

HALF_BYTES = 24 << 20
PIECE = bytes(1 << 20)


async def _half() -> AsyncIterator[bytes]:
    for _ in range(HALF_BYTES // len(PIECE)):
        yield PIECE
    sys.stdout.write("half of it is put\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


async def _main(url: str, endpoint: str, sha256: str) -> None:
    place = StorePlace(url, endpoint, access_key_id=ACCESS_KEY, secret_access_key=SECRET_KEY)
    await DocumentStore(place).put(_half(), sha256, limit_bytes=1 << 30)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
