"""Anybody gets a signed copy of the register's content, to show it where nobody can look it up."""

from datetime import date

from certification.domain.applications import Kind
from certification.domain.extracts import KIND, Extract, claims_of
from certification.domain.register import entry_on, refuse_future
from certification.domain.standings import Status
from certification.storage import register
from certification.use_cases.look_up_register_entry import look_up_register_entry
from shared.database.transaction import Transaction
from shared.security.signing import SigningKey


async def issue_register_extract(
    tx: Transaction, key: SigningKey, kind: Kind, number: str, as_of: date
) -> str:
    """Sign the entry of one number, whatever its status."""
    entry = await look_up_register_entry(tx, kind, number, as_of)
    return key.sign(claims_of(Extract(as_of, tx.now, [entry])), kind=KIND)


async def issue_county_extract(tx: Transaction, key: SigningKey, county: str, as_of: date) -> str:
    """Sign the list of programs certified on a day that are in a county or serve it."""
    refuse_future(as_of, tx.today)
    entries = [entry_on(each, as_of) for each in await register.programs_of(tx, county, as_of)]
    certified = [entry for entry in entries if entry.status is Status.CERTIFIED]
    return key.sign(claims_of(Extract(as_of, tx.now, certified, county)), kind=KIND)
