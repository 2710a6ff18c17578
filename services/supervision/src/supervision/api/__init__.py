"""Routes: authenticate, authorize, parse, call one use case, shape the answer."""

from supervision.api import (
    agencies,
    cases,
    contact_attestations,
    inbox,
    officers,
    person_identifications,
    persons,
    placements,
    score_receipts,
    teams,
    timeline,
)

ROUTERS = (
    agencies.router,
    officers.router,
    persons.router,
    cases.router,
    placements.router,
    teams.router,
    inbox.router,
    score_receipts.router,
    contact_attestations.router,
    timeline.router,
    person_identifications.router,
)
