"""Under which authority somebody, whom the rows already let in, sees or does something."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from shared.authorities import Authority
from shared.security.principals import Actor, Role
from supervision.domain.authorities import authority_over, may_see_conviction

AGENCY = "sacramento-probation"
OFFICER_ID = uuid4()


@dataclass(frozen=True)
class Supervision:
    """A case or a shared score, as far as it matters here."""

    agency: str
    unit: str
    officer_id: UUID


SUPERVISION = Supervision(AGENCY, "adult", OFFICER_ID)


def viewer(
    *roles: Role, agency: str | None = None, unit: str | None = None, sub: UUID | None = None
) -> Actor:
    return Actor(str(sub or uuid4()), frozenset(roles), agency=agency, unit=unit)


@pytest.mark.parametrize(
    ("actor", "authority"),
    [
        (viewer(Role.AUDITOR), Authority.AUDITOR),
        (viewer(Role.OPERATOR), Authority.OPERATOR),
        (viewer(Role.OFFICER, agency=AGENCY, unit="adult"), Authority.SUPERVISING_UNIT),
        (viewer(Role.OFFICER, agency=AGENCY, unit="*"), Authority.SUPERVISING_UNIT),
        (viewer(Role.UNIT_SUPERVISOR, agency=AGENCY, unit="adult"), Authority.SUPERVISOR),
        (
            viewer(Role.OFFICER, agency=AGENCY, sub=OFFICER_ID),
            Authority.TEAM_MEMBER,
        ),
        (viewer(Role.AGENCY_LEAD, agency=AGENCY), Authority.SUPERVISOR),
        (viewer(Role.PROVIDER), Authority.TEAM_MEMBER),
        (viewer(Role.EXAMINER), Authority.TEAM_MEMBER),
        (viewer(Role.PROGRAM_REPRESENTATIVE), Authority.SUPERVISOR),
        (viewer(Role.PROVIDER, Role.OFFICER, agency="yolo-probation"), Authority.TEAM_MEMBER),
    ],
)
def test_everybody_who_is_let_in_has_an_authority(actor: Actor, authority: Authority) -> None:
    assert authority_over(SUPERVISION, actor) is authority


def test_the_supervising_agency_and_auditors_see_the_conviction() -> None:
    for actor in (viewer(Role.OFFICER, agency=AGENCY, unit="adult"), viewer(Role.AUDITOR)):
        assert may_see_conviction(SUPERVISION, actor)


@pytest.mark.parametrize("unit", [None, "juvenile"])
def test_a_colleague_of_another_unit_or_of_none_does_not_see_the_conviction(
    unit: str | None,
) -> None:
    assert not may_see_conviction(SUPERVISION, viewer(Role.OFFICER, agency=AGENCY, unit=unit))


def test_no_service_sees_the_conviction_but_by_the_form() -> None:
    assert not may_see_conviction(SUPERVISION, viewer(Role.SERVICE))


def test_an_officer_who_treats_in_another_agencys_case_does_not_see_the_conviction() -> None:
    actor = viewer(Role.PROVIDER, Role.OFFICER, agency="yolo-probation")

    assert not may_see_conviction(SUPERVISION, actor)


def test_whoever_runs_the_system_does_not_see_the_conviction() -> None:
    assert not may_see_conviction(SUPERVISION, viewer(Role.OPERATOR))
