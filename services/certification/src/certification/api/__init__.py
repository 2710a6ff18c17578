"""The routes of this service: authenticate, parse, call one use case, shape the answer."""

from certification.api import (
    appeals,
    applications,
    certification_changes,
    certifications,
    completions,
    decisions,
    deficiencies,
    directory,
    documents,
    drafts,
    endings,
    examiner_standings,
    programs,
    reviews,
    scorer_credentials,
)

ROUTERS = [
    applications.router,
    drafts.router,
    documents.router,
    deficiencies.router,
    completions.router,
    reviews.router,
    reviews.conflicts_router,
    decisions.router,
    appeals.router,
    endings.router,
    certifications.router,
    certification_changes.router,
    programs.router,
    directory.router,
    scorer_credentials.router,
    examiner_standings.router,
]
