"""Every operation that changes something is in the table of what it leaves on the audit record."""

import pytest

from contract.http.api_services import SERVICES
from integration.on_the_record import acts, operations

LEAVES_NOTHING = {
    "check_register": "answers questions about what is public",
    "preview_deadline": "counts, and changes nothing",
    "report_event_reader": "a reader of events says how far it has read",
    "identify_person": "on the record of each person that it finds, by a test of its own",
}


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_that_changes_something_has_its_acts(service: str) -> None:
    known = {act.operation for act in acts() if act.service in {"any", service}}
    changing = {name for method, _, name in operations(service) if method != "GET"}

    assert changing - known <= LEAVES_NOTHING.keys()


def test_every_act_is_of_an_operation_that_exists() -> None:
    existing = {(service, name) for service in SERVICES for _, _, name in operations(service)}
    existing |= {("any", name) for _, name in existing}

    assert {(act.service, act.operation) for act in acts()} <= existing
