"""Validation of a program's public telephone number and web address."""

import re
from urllib.parse import urlsplit

from shared.errors import InvalidInputError

_AREA, _OFFICE, _LINE = r"([2-9]\d\d)", r"([2-9]\d\d)", r"(\d{4})"
_TELEPHONE = re.compile(rf"(?:\+?1[ .-]?)?\(?{_AREA}\)?[ .-]?{_OFFICE}[ .-]?{_LINE}", re.ASCII)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def telephone(told: str) -> str:
    """Return a North American number as `+1 916 555 0100`; InvalidInputError for other text."""
    found = _TELEPHONE.fullmatch(told.strip())
    if found is None:
        raise InvalidInputError(
            "must be a North American telephone number such as +1 916 555 0100",
            code="not-a-telephone-number",
        )
    return " ".join(("+1", *found.groups()))


def web_address(told: str) -> str:
    """Return a web address with its scheme in lower case; InvalidInputError for other text."""
    try:
        parts = urlsplit(told)
        is_site = parts.scheme in {"http", "https"} and "@" not in parts.netloc
        is_public = _HOST.fullmatch(parts.hostname or "") is not None
        is_written = told.isascii() and told.isprintable() and not set(' "<>\\^`{|}') & set(told)
        is_known = is_site and is_public and is_written and parts.port != 0
    except ValueError:
        is_known = False
    if not is_known:
        raise InvalidInputError(
            "must be a web address such as https://program.example/",
            code="not-a-web-address",
        )
    return parts.scheme + told[len(parts.scheme) :]
