"""Audit entries, each with the authority under which the user acted."""

from collections.abc import Iterable

from shared.database.transaction import Transaction
from supervision.domain.authorities import authority_over, authority_over_person
from supervision.domain.cases import Case
from supervision.domain.owed_duties import OwingCase
from supervision.domain.persons import Person
from supervision.domain.receipts import SharedScore


def of_case(tx: Transaction, action: str, case: Case) -> None:
    """Record an action in a case, filed under the person of the case."""
    authority = authority_over(case, tx.actor)
    tx.audit(action, subject_kind="person", subject_id=case.person_id, authority=authority)


def of_owing_cases(tx: Transaction, action: str, cases: Iterable[OwingCase]) -> None:
    """Record that duties in these cases were seen, filed under the person of each case."""
    for case in cases:
        authority = authority_over(case, tx.actor)
        tx.audit(action, subject_kind="person", subject_id=case.person_id, authority=authority)


def of_person(tx: Transaction, action: str, person: Person) -> None:
    """Record an action on a person, with or without an open case."""
    authority = authority_over_person(person, tx.actor)
    tx.audit(action, subject_kind="person", subject_id=person.id, authority=authority)


def of_share(tx: Transaction, action: str, share: SharedScore) -> None:
    """Record an action on a shared score, filed under its case."""
    authority = authority_over(share, tx.actor)
    tx.audit(action, subject_kind="case", subject_id=share.case_id, authority=authority)
