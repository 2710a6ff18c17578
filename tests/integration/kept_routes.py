"""An API built anew for a test, behind routes that an earlier test has prepared.

FastAPI prepares a route when the first request looks for it, which takes certification 0.15 s of a
processor: more than most tests take. So a module's tests share the routes, and what was read of the
issuer's keys; everything else that an API keeps (connections, clock, law, what it has counted) is
still each test's own.
"""

from dataclasses import replace

from fastapi import FastAPI


def behind(routes: FastAPI, built: FastAPI) -> FastAPI:
    """The application whose routes are kept, with all parts of the one that was just built."""
    kernel = built.state.kernel
    built.state.kernel = replace(kernel, authenticator=routes.state.kernel.authenticator)
    routes.state = built.state
    return routes
