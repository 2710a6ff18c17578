"""The routers that every service has in addition to its own: duties, work items, events, desk."""

from fastapi import APIRouter

from shared.law.api.duty_routes import duty_routers
from shared.messaging.api.desk_routes import desk_routers
from shared.messaging.api.event_routes import event_routers
from shared.work_items.work_item_routes import work_item_routers


def kernel_routers() -> list[APIRouter]:
    """Return the routers that a service adds to its own."""
    return [*duty_routers(), *work_item_routers(), *event_routers(), *desk_routers()]
