"""Routes: authenticate, authorize, parse, call one use case, shape the answer."""

from doj_gateway.api import expectations, notices, submissions

ROUTERS = (submissions.router, expectations.router, notices.router)
