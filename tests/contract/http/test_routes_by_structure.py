"""What is a route's own of the rules that all share, read from the routes as they are built.

The refusals themselves are code that every route of a class runs: they are asked for once per
service, or once per shape of a route, elsewhere.
"""

from certification.pages.page_route import DownloadRoute, PageRoute
from contract.http.operations import OPERATIONS, PUBLIC
from contract.http.refused import EVERY_SERVICE
from contract.http.routes import route_of, routes_of
from shared.http.routes import (
    AskingRoute,
    GuardedRoute,
    PublicRoute,
    StreamedRoute,
    TransactionalRoute,
)

CLOSED = {GuardedRoute, AskingRoute, StreamedRoute}
OPEN = {PublicRoute, PageRoute, DownloadRoute}
KEEPS_NO_ANSWER = {
    "certification-check_register",
    "certification-store_content",
    "certification-preview_deadline",
    "supervision-identify_person",
    "supervision-preview_deadline",
    "scoring-preview_deadline",
    "doj-gateway-preview_deadline",
}
"""What changes nothing although it is a POST, is asked by the public, or streams its body."""


@EVERY_SERVICE
def test_every_route_is_of_a_class_that_is_closed_or_public_by_intent(service: str) -> None:
    kinds = {type(each) for each in routes_of(service)}

    assert kinds <= CLOSED | OPEN


def test_only_these_classes_say_who_may_come_in() -> None:
    admitting = {each for each in CLOSED | OPEN if "admit" in vars(each)}

    assert admitting == {GuardedRoute, PublicRoute}
    assert [each for each in CLOSED | OPEN if "get_route_handler" in vars(each)] == [PageRoute]
    assert {each for each in CLOSED if not issubclass(each, GuardedRoute)} == set()
    assert {each for each in OPEN if not issubclass(each, PublicRoute)} == set()
    assert issubclass(GuardedRoute, TransactionalRoute)


def test_every_operation_is_closed_but_the_public_ones() -> None:
    closed = {each for each in OPERATIONS if type(route_of(each)) in CLOSED}

    assert {each.path for each in OPERATIONS if each not in closed} == PUBLIC
    assert {each for each in closed if each.path in PUBLIC} == set()


def test_the_roles_that_a_document_names_are_those_that_its_route_serves() -> None:
    said = {str(each): each.roles for each in OPERATIONS if each.path not in PUBLIC}
    served = {
        str(each): route.roles
        for each in OPERATIONS
        if isinstance(route := route_of(each), GuardedRoute)
    }

    assert said == served


def test_every_change_is_answered_once_under_its_key_but_these() -> None:
    changes = [each for each in OPERATIONS if each.method != "GET"]
    keeping = {str(each) for each in changes if route_of(each).keeps_answers}
    offering = {str(each) for each in changes if "Idempotency-Key" in each.parameters("header")}

    assert {str(each) for each in changes} - keeping == KEEPS_NO_ANSWER
    assert offering == keeping
