"""Who may score on a day before, during and after a suspension, and once something ended."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import pytest

from integration.announcing import Certification, certification_heard_by
from integration.scoring.scene import HELD, Scene
from scoring.consumed import handlers
from shared.errors import NotYetKnownError
from shared.events.certification import (
    CertificationCorrected,
    CertificationEnded,
    CertificationGranted,
    CertificationRecorded,
    CertificationReinstated,
    CertificationSuspended,
    ScorerCredentialEnded,
    ScorerCredentialRecorded,
)
from shared.identifiers import new_id
from shared.testing.messaging import until

SUSPENDED, REINSTATED = date(2026, 11, 10), date(2026, 11, 15)


@dataclass(frozen=True)
class Certified:
    """A case whose scorer has every piece, with the facts that say so."""

    scene: Scene
    provider: CertificationGranted
    program: CertificationGranted
    credential: ScorerCredentialRecorded

    async def score(self, on: date) -> httpx.Response:
        """Draft and freeze a dynamic score of a day."""
        draft = await self.scene.drafted("provider", "sra-fv", assessed_on=on.isoformat())
        return await self.scene.finalize("provider", draft)

    async def refused(self, on: date) -> list[str]:
        """The missing pieces by which a score of a day is refused."""
        answer = await self.score(on)
        assert answer.status_code == 409, answer.text
        return [fault["message"] for fault in answer.json()["faults"]]


@pytest.fixture
async def certified(empty_scene: Scene) -> Certified:
    await empty_scene.open_case()
    await empty_scene.tell(empty_scene.team())
    await empty_scene.link()
    return Certified(
        empty_scene,
        await empty_scene.certify("provider"),
        await empty_scene.certify("program"),
        await empty_scene.credential(empty_scene.provider_id, "sra-fv"),
    )


def of(granted: CertificationGranted) -> dict[str, Any]:
    return granted.model_dump(include={"certification_id", "kind", "holder_id"})


async def test_a_suspended_provider_scores_before_and_after_but_not_meanwhile(
    certified: Certified,
) -> None:
    provider = of(certified.provider)
    await certified.scene.tell(
        CertificationSuspended(**provider, effective_on=SUSPENDED),
        CertificationReinstated(**provider, effective_on=REINSTATED),
    )

    before = await certified.score(date(2026, 11, 9))
    during = [await certified.refused(day) for day in (SUSPENDED, date(2026, 11, 14))]
    after = await certified.score(REINSTATED)

    assert (before.status_code, after.status_code) == (201, 201)
    assert during == [["no provider certification since 2026-11-10, when it was suspended"]] * 2


async def test_a_revoked_program_is_named_since_when(certified: Certified) -> None:
    await certified.scene.tell(
        CertificationEnded(**of(certified.program), effective_on=SUSPENDED, because="revoked")
    )

    assert await certified.refused(date(2026, 11, 20)) == [
        "no program certification since 2026-11-10, when it was revoked"
    ]


async def test_a_credential_that_was_withdrawn_is_named_since_when(certified: Certified) -> None:
    credential = certified.credential
    await certified.scene.tell(
        ScorerCredentialEnded(
            scorer_credential_id=credential.scorer_credential_id,
            scorer_id=credential.scorer_id,
            instrument=credential.instrument,
            effective_on=SUSPENDED,
            because="withdrawn",
        )
    )

    before = await certified.score(date(2026, 11, 9))

    assert before.status_code == 201
    assert await certified.refused(SUSPENDED) == [
        "no scorer credential for sra-fv since 2026-11-10, when it was withdrawn"
    ]


async def test_a_corrected_term_counts_from_the_start(certified: Certified) -> None:
    await certified.scene.tell(
        CertificationCorrected(
            **of(certified.provider), effective_from=REINSTATED, effective_until=HELD[1]
        )
    )

    assert await certified.refused(date(2026, 11, 14)) == [
        "no provider certification since 2026-01-01, when it was corrected"
    ]
    assert (await certified.score(REINSTATED)).status_code == 201


async def test_who_was_certified_before_this_system_may_score(certified: Certified) -> None:
    await certified.scene.tell(
        CertificationEnded(**of(certified.provider), effective_on=SUSPENDED, because="voided"),
        CertificationRecorded(
            certification_id=new_id(),
            kind="provider",
            holder_id=certified.provider.holder_id,
            effective_from=HELD[0],
            effective_until=HELD[1],
        ),
    )

    assert (await certified.score(date(2026, 11, 20))).status_code == 201


async def test_what_happens_to_something_not_known_yet_waits(empty_scene: Scene) -> None:
    ended = CertificationEnded(
        certification_id=new_id(),
        kind="provider",
        holder_id=empty_scene.provider_id,
        effective_on=SUSPENDED,
        because="revoked",
    )
    withdrawn = ScorerCredentialEnded(
        scorer_credential_id=new_id(),
        scorer_id=empty_scene.provider_id,
        instrument="sra-fv",
        effective_on=SUSPENDED,
        because="withdrawn",
    )

    with pytest.raises(NotYetKnownError, match="certification"):
        await empty_scene.tell(ended)
    with pytest.raises(NotYetKnownError, match="scorer-credential"):
        await empty_scene.tell(withdrawn)


@pytest.fixture
async def certification(
    new_database: Callable[[str | None], str], certified: Certified
) -> AsyncIterator[Certification]:
    """Certification's log, heard by scoring's consumer."""
    database = certified.scene.database
    async with certification_heard_by(database, handlers(), new_database) as running:
        yield running


async def test_a_suspension_reaches_scoring_through_kafka(
    certified: Certified, certification: Certification
) -> None:
    provider = of(certified.provider)
    suspended = CertificationSuspended(**provider, effective_on=SUSPENDED)
    reinstated = CertificationReinstated(**provider, effective_on=REINSTATED)

    async def both_arrived() -> bool:
        kept = await certified.scene.rows(
            "SELECT kind FROM credential_changes WHERE credential_id = :id ORDER BY number",
            id=certified.provider.certification_id,
        )
        return [row.kind for row in kept] == ["suspended", "reinstated"]

    await certification.announce(certified.provider, suspended, reinstated)
    await until(both_arrived)

    assert await certified.refused(SUSPENDED) == [
        "no provider certification since 2026-11-10, when it was suspended"
    ]
    assert (await certified.score(REINSTATED)).status_code == 201
