"""Acts on the audit record, each with the authority under which it was done."""

from collections.abc import Iterable

from shared.database.transaction import Transaction
from supervision.domain.authorities import authority_over, authority_over_person
from supervision.domain.cases import Case
from supervision.domain.owed_duties import OwingCase
from supervision.domain.persons import Person
from supervision.domain.receipts import SharedScore


def of_case(tx: Transaction, action: str, case: Case) -> None:
    """Enter what was done or seen in a case, under the person it is about."""
    authority = authority_over(case, tx.actor)
    tx.audit(action, subject_kind="person", subject_id=case.person_id, authority=authority)


def of_owing_cases(tx: Transaction, action: str, cases: Iterable[OwingCase]) -> None:
    """Enter that duties owed in these cases were seen, under the person each case is about."""
    for case in cases:
        authority = authority_over(case, tx.actor)
        tx.audit(action, subject_kind="person", subject_id=case.person_id, authority=authority)


def of_person(tx: Transaction, action: str, person: Person) -> None:
    """Enter what was done or seen of a person, whether or not a case is open."""
    authority = authority_over_person(person, tx.actor)
    tx.audit(action, subject_kind="person", subject_id=person.id, authority=authority)


def of_share(tx: Transaction, action: str, share: SharedScore) -> None:
    """Enter what was done or seen of a shared score, under the case it belongs to."""
    authority = authority_over(share, tx.actor)
    tx.audit(action, subject_kind="case", subject_id=share.case_id, authority=authority)
