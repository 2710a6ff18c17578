"""The routes of this service: authenticate, parse, call one use case, shape the answer."""

from scoring.api import assessments, form_results, instruments, shares

ROUTERS = [instruments.router, assessments.router, form_results.router, shares.router]
