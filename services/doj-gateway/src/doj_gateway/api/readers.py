"""Roles that may read submissions or release them. Each record is checked separately."""

from shared.http.routes import allow
from shared.security.principals import Role

READERS = allow(
    Role.OFFICER,
    Role.UNIT_SUPERVISOR,
    Role.AGENCY_LEAD,
    Role.PROVIDER,
    Role.PROGRAM_REPRESENTATIVE,
    Role.AUDITOR,
    Role.OPERATOR,
)

SENDERS = allow(
    Role.OFFICER,
    Role.UNIT_SUPERVISOR,
    Role.AGENCY_LEAD,
    Role.PROVIDER,
    Role.PROGRAM_REPRESENTATIVE,
    Role.OPERATOR,
)
