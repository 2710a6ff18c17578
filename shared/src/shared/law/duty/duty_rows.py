"""Converts a duty to and from its table row."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping

from shared.law.counting.explanations import Pause
from shared.law.counting.facts import Fact
from shared.law.duty.duties import Duty, DutyState, Owner, Subject

SAME_IN_BOTH = (
    *("id", "rule", "regime", "regime_from", "edition", "edition_hash", "rule_text", "citation"),
    *("calendar", "calendar_hash", "case_id", "started_by", "opened_at", "started_on"),
    *("due_on", "due_at"),
    *("paused_on", "pause_reason", "met_on", "met_at", "was_due_on", "next_step"),
    *("next_look_at", "version"),
)


def row_of(duty: Duty) -> dict[str, Any]:
    """Return the row's values."""
    return {
        **{name: getattr(duty, name) for name in SAME_IN_BOTH},
        "subject_kind": duty.subject.kind,
        "subject_id": duty.subject.id,
        "owner_role": duty.owner.role,
        "owner_agency": duty.owner.agency,
        "owner_person": duty.owner.person,
        "facts": [_kept_fact(fact) for fact in duty.facts],
        "pauses": [pause.as_json for pause in duty.pauses],
        "state": duty.state,
    }


def duty_of(row: RowMapping) -> Duty:
    """Return the duty that a row holds."""
    return Duty(
        **{name: row[name] for name in SAME_IN_BOTH},
        subject=Subject(row["subject_kind"], row["subject_id"]),
        owner=Owner(row["owner_role"], row["owner_agency"], row["owner_person"]),
        facts=facts_of(row["facts"]),
        pauses=pauses_of(row["pauses"]),
        state=DutyState(row["state"]),
    )


def facts_of(kept: Sequence[Mapping[str, Any]]) -> tuple[Fact, ...]:
    """Return the facts that a row holds."""
    return tuple(_read_fact(fact) for fact in kept)


def pauses_of(kept: Sequence[Mapping[str, str]]) -> tuple[Pause, ...]:
    """Return the pauses that a row holds."""
    return tuple(_read_pause(pause) for pause in kept)


def _kept_fact(fact: Fact) -> dict[str, str | None]:
    kind = "at" if isinstance(fact.at, datetime) else "on"
    return {"name": fact.name, kind: fact.at.isoformat(), "evidence": fact.evidence}


def _read_fact(kept: Mapping[str, Any]) -> Fact:
    moment = datetime.fromisoformat(kept["at"]) if "at" in kept else date.fromisoformat(kept["on"])
    return Fact(kept["name"], moment, kept["evidence"])


def _read_pause(kept: Mapping[str, str]) -> Pause:
    began, ended = date.fromisoformat(kept["began_on"]), date.fromisoformat(kept["ended_on"])
    return Pause(began, ended, kept["reason"])
