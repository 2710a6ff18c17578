"""Signed extracts of the register, verified offline with the public keys listed here."""

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
        "description": "A JWS in compact form, signed with ES256. Its `kid` names a key in `GET "
        "/v1/register/keys`.",
        "content": {MEDIA: {"schema": {"type": "string"}}},
    }
}


class PublishedKey(BaseModel):
    """A public key as a JWK (RFC 7517)."""

    kty: str
    crv: str
    x: str
    y: str
    kid: str = Field(description="Thumbprint of the key (RFC 7638).")
    use: str
    alg: str


class PublishedKeys(BaseModel):
    """Every key that verifies an extract, with the current signing key first."""

    keys: list[PublishedKey]


class SignedExtract(Response):
    """A response that contains a signed extract."""

    media_type = MEDIA


@router.get("/keys", operation_id="list_register_keys")
async def get_register_keys(parts: CurrentParts) -> PublishedKeys:
    """List the public keys that verify extracts, as a JWK set."""
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
    county: Annotated[CountyCode, Query(description="County by name or FIPS code.")],
    as_of: AsOf = None,
) -> SignedExtract:
    """Get a signed list of the programs certified on a day that are in a county or serve it.

    Names, counties and conditions are those of that day.
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
    """Get a signed copy of the register's entry for one number on a day."""
    day = as_of or tx.today
    return SignedExtract(await issue_register_extract(tx, parts.register_key, kind, number, day))
