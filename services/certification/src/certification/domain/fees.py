"""Application fees: by kind, and for programs by number of clients."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from certification.domain.applications import ClientBand, Kind
from shared.data_files.data_file import Section, parsed


@dataclass(frozen=True)
class Fee:
    """A fee in US dollars, for applications received from a day on."""

    kind: Kind
    client_band: ClientBand | None
    effective_from: date
    usd: int
    source: str


def parse_fees(where: str, text: str) -> tuple[Fee, ...]:
    """Build the fees; DataFileError names place and reason."""
    file = parsed(where, text)
    fees = tuple(_fee(section) for section in file.sections("fees"))
    file.finish()
    keys = {(each.kind, each.client_band, each.effective_from) for each in fees}
    if len(keys) != len(fees):
        raise file.fault("two fees begin on one day for the same kind and band")
    return fees


def fee_on(fees: Iterable[Fee], kind: Kind, client_band: ClientBand | None, on: date) -> int | None:
    """Return the fee in force on a day; None if there is none."""
    begun = [
        each
        for each in fees
        if (each.kind, each.client_band) == (kind, client_band) and each.effective_from <= on
    ]
    return max(begun, key=lambda each: each.effective_from).usd if begun else None


def _fee(section: Section) -> Fee:
    fee = Fee(
        kind=section.choice("kind", Kind),
        client_band=section.choice("client_band", ClientBand)
        if section.has("client_band")
        else None,
        effective_from=section.day("effective_from"),
        usd=section.whole("usd", least=0),
        source=section.text("source"),
    )
    section.finish()
    return fee
