"""HTTP routes: each authorizes the caller, calls one use case and shapes the response."""

from supervision.api import (
    agencies,
    cases,
    contact_attestations,
    inbox,
    officers,
    owed_duties,
    owed_duty_counts,
    person_identifications,
    persons,
    placements,
    score_receipts,
    teams,
    timeline,
    timeliness_reports,
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
    owed_duties.router,
    owed_duty_counts.router,
    timeliness_reports.router,
)
