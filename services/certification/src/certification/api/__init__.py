"""The routes of this service: authenticate, parse, call one use case, shape the answer."""

from certification.api import (
    applications,
    assignments,
    certifications,
    completions,
    decisions,
    deficiencies,
    directory,
    documents,
    examiner_standings,
    programs,
    scorer_credentials,
)

ROUTERS = [
    applications.router,
    documents.router,
    deficiencies.router,
    completions.router,
    assignments.router,
    decisions.router,
    certifications.router,
    programs.router,
    directory.router,
    scorer_credentials.router,
    examiner_standings.router,
]
