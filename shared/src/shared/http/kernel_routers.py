"""The routers that every service has besides its own: its duties, its events, its desk."""

from fastapi import APIRouter

from shared.http.desk_routes import desk_routers
from shared.http.duty_routes import duty_routers
from shared.http.event_routes import event_routers


def kernel_routers() -> list[APIRouter]:
    """Return the routers a service adds to its own."""
    return [*duty_routers(), *event_routers(), *desk_routers()]
