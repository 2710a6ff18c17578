"""Who may look up what goes to DOJ: both sides of a case, auditors, operators."""

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
