"""Builds one regime: who owes a duty, by when, and who is notified before and after that."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from shared.data_files.data_file import Section
from shared.law.counting.calendars import Calendars
from shared.law.counting.edition_settings import Setting
from shared.law.counting.notices import OWNER, RECIPIENTS, Notice, NoticeKind, overdue_for
from shared.law.counting.rules import CountingUnit, PausePolicy, Regime, RegimeSpan

COUNTED_UNITS = frozenset(
    {CountingUnit.CALENDAR_DAYS, CountingUnit.WORKING_DAYS, CountingUnit.MONTHS}
)
PAUSABLE_UNITS = frozenset({CountingUnit.CALENDAR_DAYS, CountingUnit.WORKING_DAYS})
LENGTH = "{length}"


@dataclass(frozen=True)
class Context:
    """What a rule may refer to: facts, settings with their places, and calendars, by name."""

    fact_words: Mapping[str, str]
    settings: Mapping[str, Setting]
    places: Mapping[str, Section]
    calendars: Calendars


def regime_of(section: Section, context: Context) -> Regime:
    """Build a regime; raises DataFileError if it contradicts itself."""
    unit = section.choice("unit", CountingUnit)
    length, setting = _length(section, unit, context)
    regime = Regime(
        name=section.text("name"),
        span=span_of(section, context),
        owners=_owners(section),
        start=_fact(section, "start", context),
        length=length,
        unit=unit,
        calendar=section.optional_text("calendar"),
        rolls_forward=section.flag("rolls_forward"),
        pause=_pause(section, context),
        notices=_notices(section),
        text=section.text("text").replace(LENGTH, str(length)),
        citation=section.text("citation"),
        configured=section.flag("configured") or bool(setting and setting.configured),
        provisional=section.flag("provisional") or bool(setting and setting.provisional),
        note=section.optional_text("note"),
    )
    section.finish()
    _refuse_nonsense(section, regime, context.calendars)
    return regime


def span_of(section: Section, context: Context) -> RegimeSpan:
    """Read the time in which a regime or an exemption applies, and the fact that decides it."""
    until = section.day("effective_until") if section.has("effective_until") else None
    span = RegimeSpan(_fact(section, "chosen_by", context), section.day("effective_from"), until)
    if until is not None and until <= span.effective_from:
        raise section.fault("effective_until must be after effective_from", "effective_until")
    return span


def _length(section: Section, unit: CountingUnit, context: Context) -> tuple[int, Setting | None]:
    """Read a length, or take it from the named setting; some units have no length."""
    if unit not in COUNTED_UNITS:
        return 0, None
    if not section.has("length_setting"):
        return section.whole("length", least=1), None
    setting = _setting(section, "length_setting", context)
    if not isinstance(setting.value, int) or setting.value < 1:
        raise context.places[setting.name].fault(
            "value is a length and must be a whole number of at least 1", "value"
        )
    return setting.value, setting


def _pause(section: Section, context: Context) -> PausePolicy:
    """Read what a pause does, or take it from the named setting."""
    if not section.has("pause_setting"):
        return section.choice("pause", PausePolicy, PausePolicy.NONE)
    setting = _setting(section, "pause_setting", context)
    if setting.value not in set(PausePolicy):
        raise context.places[setting.name].fault(
            f"value states what a pause does and must be one of {', '.join(PausePolicy)}", "value"
        )
    return PausePolicy(setting.word)


def _setting(section: Section, key: str, context: Context) -> Setting:
    name = section.text(key)
    if name not in context.settings:
        raise section.fault(f"unknown setting {name!r}", key)
    return context.settings[name]


def _refuse_nonsense(section: Section, regime: Regime, calendars: Calendars) -> None:
    if regime.calendar is not None and regime.calendar not in calendars:
        raise section.fault(f"unknown calendar {regime.calendar!r}", "calendar")
    if regime.calendar is None and (
        regime.unit is CountingUnit.WORKING_DAYS or regime.rolls_forward
    ):
        raise section.fault("needs a calendar to know which days are closed")
    if regime.pause is not PausePolicy.NONE and regime.unit not in PAUSABLE_UNITS:
        raise section.fault(f"a clock in {regime.unit} cannot be paused", "pause")


def _fact(section: Section, key: str, context: Context) -> str:
    name = section.text(key)
    if name not in context.fact_words:
        raise section.fault(f"{key}: unknown fact {name!r}", key)
    return name


def _owners(section: Section) -> tuple[str, ...]:
    owners = section.texts("owner")
    for role in owners:
        if role == OWNER or role not in RECIPIENTS:
            raise section.fault(f"owner: unknown role {role!r}", "owner")
    return owners


def _notices(section: Section) -> tuple[Notice, ...]:
    """Read the notices; if none is after the due date, everyone who was warned gets one."""
    placed = [(_notice(each), each) for each in section.sections("escalations")]
    for (one, _), (other, place) in pairwise(placed):
        if other.order < one.order:
            raise place.fault("escalations must be in order of time")
    notices = tuple(notice for notice, _ in placed)
    if any(notice.kind is NoticeKind.OVERDUE for notice in notices):
        return notices
    return (*notices, *overdue_for(notices))


def _notice(section: Section) -> Notice:
    to = section.text("to")
    if to not in RECIPIENTS:
        raise section.fault(f"to: unknown role {to!r}", "to")
    is_before, is_after = section.has("days_before"), section.has("days_after")
    if is_before == is_after:
        raise section.fault("an escalation must have days_before or days_after")
    kind = NoticeKind.DUE_SOON if is_before else NoticeKind.OVERDUE
    notice = Notice(kind, to, section.whole("days_before" if is_before else "days_after", least=0))
    section.finish()
    return notice
