"""The only calls between services: told by the client of the token, and nothing else is served."""

import pytest

from contract.http.asking import Apis, assert_problem
from contract.http.operations import OPERATIONS, Operation
from shared.security.principals import Role
from shared.testing.tokens import LocalIssuer

FOR_ANY_ROLE = {
    *("preview_deadline", "list_entitlements", "show_agency", "show_certification"),
    *("list_instruments", "show_instrument"),
}
FOR_READERS_OF_EVENTS = {"list_events", "report_event_reader"}
FOR_ONE_SERVICE = {
    ("supervision", "show_form_identity"): ["doj-gateway"],
    ("supervision", "identify_person"): ["doj-gateway"],
    ("scoring", "show_form_result"): ["doj-gateway"],
}
SERVED = [each for each in OPERATIONS if Role.SERVICE in each.roles]
ALONE = [each for each in OPERATIONS if "x-services" in each.described]
FORMS = pytest.mark.parametrize("operation", ALONE, ids=str)


def _named(operation: Operation) -> tuple[str, str]:
    return (operation.service, operation.described["operationId"])


def test_the_gateway_asks_for_forms_and_identifications_and_nobody_asks_for_more() -> None:
    alone = {_named(each): each.described["x-services"] for each in ALONE}
    others = {_named(each)[1] for each in SERVED} - {name for _, name in FOR_ONE_SERVICE}

    assert alone == FOR_ONE_SERVICE
    assert others == FOR_ANY_ROLE | FOR_READERS_OF_EVENTS


@FORMS
@pytest.mark.parametrize("client", ["certification", "supervision", "scoring", "a-partner"])
async def test_another_client_is_refused_though_it_has_the_role(
    apis: Apis, issuer: LocalIssuer, operation: Operation, client: str
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(
        operation, headers=issuer.authorization(Role.SERVICE, sub="doj-gateway", azp=client)
    )

    assert_problem(answer, 403)
    assert answer.json()["type"].endswith(":client-not-allowed")
    await api.assert_nothing_written()


@FORMS
async def test_the_gateway_is_served(apis: Apis, issuer: LocalIssuer, operation: Operation) -> None:
    api = await apis(operation.service)

    answer = await api.ask(
        operation, headers=issuer.authorization(Role.SERVICE, client_id="doj-gateway")
    )

    assert answer.status_code in {404, 422}


@FORMS
async def test_a_person_is_not_the_gateway_by_having_signed_in_through_its_client(
    apis: Apis, issuer: LocalIssuer, operation: Operation
) -> None:
    api = await apis(operation.service)

    answer = await api.ask(
        operation, headers=issuer.authorization(Role.OPERATOR, azp="doj-gateway")
    )

    assert_problem(answer, 403)
