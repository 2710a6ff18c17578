"""Signed extracts of the register, verified offline with the keys that are published here."""

from typing import Annotated, Any

from fastapi import Query, Response
from pydantic import BaseModel, Field

from certification.api.register_shapes import AsOf, OfKind, OfNumber
from certification.parts import CurrentParts
from certification.use_cases.issue_register_extract import (
    issue_county_extract,
    issue_register_extract,
)
from shared.http.routes import CurrentTransaction, public_router
from shared.http.shapes import CountyCode

router = public_router("/v1/register", tags=["register"])

MEDIA = "application/jose"
_SIGNED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A JWS in compact form, signed with ES256; its `kid` is in the key set.",
        "content": {MEDIA: {"schema": {"type": "string"}}},
    }
}


class PublishedKey(BaseModel):
    """A public key, as JWK (RFC 7517)."""

    kty: str
    crv: str
    x: str
    y: str
    kid: str = Field(description="The key's thumbprint (RFC 7638).")
    use: str
    alg: str


class PublishedKeys(BaseModel):
    """Every key that verifies an extract, the one that signs today first."""

    keys: list[PublishedKey]


class SignedExtract(Response):
    """An extract as it is handed out."""

    media_type = MEDIA


@router.get("/keys", operation_id="list_register_keys")
async def get_register_keys(parts: CurrentParts) -> PublishedKeys:
    """List the keys that extracts are verified with, as a JWKS document."""
    return PublishedKeys.model_validate(parts.register_key.key_set())


@router.get(
    "/extracts",
    operation_id="issue_county_extract",
    response_class=SignedExtract,
    responses=_SIGNED,
)
async def get_county_extract(
    parts: CurrentParts,
    tx: CurrentTransaction,
    county: Annotated[CountyCode, Query(description="Name or FIPS code.")],
    as_of: AsOf = None,
) -> SignedExtract:
    """Sign the list of programs certified on a day that were in a county or served it.

    Names are today's, also on a day gone by.
    """
    return SignedExtract(
        await issue_county_extract(tx, parts.register_key, county, as_of or tx.today)
    )


@router.get(
    "/{kind}/{number}/extract",
    operation_id="issue_register_extract",
    response_class=SignedExtract,
    responses=_SIGNED,
)
async def get_register_extract(
    kind: OfKind, number: OfNumber, parts: CurrentParts, tx: CurrentTransaction, as_of: AsOf = None
) -> SignedExtract:
    """Sign what the register says of one number on a day."""
    day = as_of or tx.today
    return SignedExtract(await issue_register_extract(tx, parts.register_key, kind, number, day))
