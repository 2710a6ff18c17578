"""A fact opens a work item once, another cures it; each change is announced in its transaction."""

from uuid import UUID, uuid4

from integration.work_items.office import AGENCY, OFFICER, UNIT, Office, opening
from shared.law.duty.duties import Subject


async def test_an_opened_work_item_is_announced_to_its_owner(office: Office) -> None:
    said = opening()

    (item,) = await office.opened(said)

    ((kind, data),) = await office.announced()
    assert kind == "supervision.work-item.opened"
    assert data["work_item_id"] == str(item.id)
    assert (data["owner_agency"], data["owner_unit"], data["owner_person"]) == (
        (AGENCY, UNIT, str(OFFICER))
    )
    assert (data["evidence_id"], data["fact_id"]) == (str(said.evidence.id), str(said.fact_id))


async def test_the_same_fact_opens_nothing_twice_even_after_it_was_resolved(
    office: Office,
) -> None:
    said = opening()
    (item,) = await office.opened(said)

    again = await office.opened(said)
    await office.cured({item.id: "reinstated"})
    after = await office.opened(said)

    assert (again, after) == ([], [])
    assert len(await office.announced()) == 2


async def test_while_one_stands_about_some_evidence_there_is_no_second(office: Office) -> None:
    said = opening()
    await office.opened(said)

    second = await office.opened(opening(evidence=said.evidence, fact_id=uuid4()))

    assert second == []


async def test_a_new_fact_opens_anew_once_the_first_is_resolved(office: Office) -> None:
    said = opening()
    (item,) = await office.opened(said)
    await office.cured({item.id: "reinstated"})

    second = await office.opened(opening(evidence=said.evidence, fact_id=uuid4()))

    assert len(second) == 1


async def test_one_fact_opens_one_work_item_about_each_subject(office: Office) -> None:
    said, fact = opening(), uuid4()
    others = [
        opening(subject=Subject("case", uuid4()), evidence=said.evidence, fact_id=fact)
        for _ in range(3)
    ]

    assert len(await office.opened(*others)) == 3


async def test_more_than_one_statement_takes_are_opened_together(office: Office) -> None:
    many = [opening(subject=Subject("case", UUID(int=number))) for number in range(1, 1202)]

    opened = await office.opened(*many)

    assert len(opened) == 1201
    assert len(await office.announced()) == 1201


async def test_a_cure_is_announced_with_its_code_and_its_time(office: Office) -> None:
    (item,) = await office.opened(opening())

    await office.cured({item.id: "reinstated"})

    kind, data = (await office.announced())[-1]
    assert kind == "supervision.work-item.resolved"
    assert (data["resolution"], data["version"]) == ("reinstated", 2)
    answer = (await office.get("officer", f"/{item.id}")).json()
    assert (answer["resolution"], answer["resolved_by"]) == ("reinstated", "process:supervision")


async def test_a_fact_cures_nothing_that_a_person_closed_before(office: Office) -> None:
    (item,) = await office.opened(opening())
    await office.resolve("officer", item.id)

    cured = await office.cured({item.id: "reinstated"})

    assert cured == []
    assert (await office.get("officer", f"/{item.id}")).json()["resolution"] == "handled"
