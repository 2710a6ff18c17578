"""Who may look up what goes to DOJ, and who may let it go there; what is theirs is asked later."""

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
