"""HTTP routes: each authorizes the caller, calls one use case and shapes the response."""

from scoring.api import assessments, form_results, instruments, shares

ROUTERS = [instruments.router, assessments.router, form_results.router, shares.router]
