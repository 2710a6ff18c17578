"""HTTP routes: each authorizes the caller, calls one use case and shapes the response."""

from doj_gateway.api import expectations, notices, submissions

ROUTERS = (submissions.router, expectations.router, notices.router)
