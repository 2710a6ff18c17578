"""`python -m supervision persons rewrite-numbers`: what is found before and after."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from integration.operating import operated
from integration.supervision.conftest import KEY
from shared.database.database import Database
from shared.database.engine import create_engine
from shared.database.transaction import Cause
from shared.identifiers import new_id
from shared.security.personal_fields import PersonalFields
from shared.security.principals import process_actor
from shared.testing.clocks import FixedClock
from supervision.domain.agencies import Agency, AgencyKind
from supervision.domain.persons import Identity, Person
from supervision.settings import Settings
from supervision.storage import agencies, persons

KEYS = {"CASOMB_FIELD_ENCRYPTION_KEY": KEY, "CASOMB_BLIND_INDEX_KEY": KEY}
AGENCY = Agency(new_id(), "probation", "Probation", AgencyKind.PROBATION, "06067", (), 1)
ACTS = text("SELECT actor, action, subject_id FROM audit_entries")
AS_TYPED = "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18"


def _person(cii_number: str, ssn: str | None = None) -> Person:
    identity = Identity("Pat", None, "Old", date(1980, 2, 29), cii_number, None, ssn)
    return Person(new_id(), "probation", identity)


async def _run(url: str) -> tuple[int, str]:
    words = ("persons", "rewrite-numbers", "--by", "pat")
    result = await operated("supervision", words, url, told=KEYS)
    return result.exit_code, result.output


@pytest.fixture
def own_settings(settings: Settings, new_database: Callable[[str | None], str]) -> Settings:
    return settings.model_validate(
        settings.model_dump() | {"database_url": new_database("supervision")}
    )


async def test_numbers_kept_as_typed_are_found_by_their_one_form_afterwards(
    own_settings: Settings, clock: FixedClock
) -> None:
    fields = PersonalFields(own_settings)
    typed, first, second, wrong = (
        _person(AS_TYPED),
        _person("7654321"),
        _person("007654321"),
        _person("33333333", ssn="000000000"),
    )
    engine = create_engine(own_settings, "test")
    database = Database(engine, clock, "supervision")
    cause = Cause(process_actor("test"), new_id())
    async with database.transaction(cause) as tx:
        await agencies.upsert(tx, AGENCY)
        for each in (typed, first, second, wrong):
            await persons.insert_if_new(tx, each, fields)

    code, said = await _run(own_settings.database_url.get_secret_value())

    async with database.transaction(cause) as tx:
        found = await persons.by_cii(tx, "12345678", fields)
        acts = (await tx.execute(ACTS)).all()
    await engine.dispose()
    assert [tuple(act) for act in acts] == [("console:pat", "person.rewritten", typed.id)]
    assert found is not None
    assert (found.id, found.identity.cii_number) == (typed.id, "12345678")
    assert code == 1
    assert said.splitlines() == [
        "4 persons: 1 rewritten in canonical form",
        f"  person {wrong.id} has a number that cannot be read; correct it by hand",
        f"  person {second.id} has the CII number of another person; merge the two records",
        "0 case numbers indexed",
        "the records listed above were not changed",
    ]
