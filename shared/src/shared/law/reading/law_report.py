"""Describes an edition or a calendar in plain lines: what applies, and how certain it is.

Every configured length, and every rule whose source was not seen, is marked.
"""

from collections.abc import Iterator

from shared.law.counting.calendars import Calendar
from shared.law.counting.edition_settings import Setting
from shared.law.counting.notices import NoticeKind
from shared.law.counting.rules import CountingUnit, Edition, PausePolicy, Regime, RegimeSpan, Rule

HASH_SHOWN = 12


def edition_lines(edition: Edition, *, is_in_force: bool) -> Iterator[str]:
    """Describe an edition, one line for each regime and each setting."""
    standing = ", in force" if is_in_force else ""
    yield f"edition {edition.name}{standing}: {edition.title} ({edition.hash[:HASH_SHOWN]})"
    for rule in edition.rules.values():
        yield from _rule_lines(rule)
    for setting in edition.settings.values():
        yield f"  setting {setting.name} = {_value(setting)} [{_doubts(setting)}]"
        yield f"      {setting.text}. {setting.citation}."


def calendar_lines(calendar: Calendar) -> Iterator[str]:
    """Describe the years that a calendar covers, and for which agencies."""
    yield (
        f"calendar {calendar.name}: {calendar.title} ({calendar.hash[:HASH_SHOWN]}),"
        f" {calendar.covers_from} to {calendar.covers_until}, {len(calendar.closures)} closed days"
    )
    if calendar.extends is not None:
        yield f"  extends {calendar.extends} for {', '.join(calendar.agencies) or 'no agency'}"


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield f"  {rule.name}"
    for regime in rule.regimes:
        yield f"    {_span(regime.span)}: {' or '.join(regime.owners)}, {_length(regime)}"
        yield f"      {regime.text} [{regime.citation}]"
        yield f"      notices: {_told(regime)}"
    for exemption in rule.exemptions:
        span = _span(exemption.span)
        yield f"    {span}: owed by nobody, {exemption.text} [{exemption.citation}]"


def _length(regime: Regime) -> str:
    unit = regime.unit.replace("-", " ")
    if regime.unit in {CountingUnit.END_OF_MONTH, CountingUnit.SAME_DAY}:
        parts = [unit]
    else:
        parts = [f"{regime.length} {unit}"]
    parts.append(f"from {regime.start}")
    if regime.calendar is not None:
        parts.append(f"by {regime.calendar}")
    if regime.rolls_forward:
        parts.append("rolled forward")
    if regime.pause is not PausePolicy.NONE:
        parts.append("restarted by a pause" if regime.pause is PausePolicy.RESTART else "pausable")
    return " ".join(parts) + (f" [{_doubts(regime)}]" if _doubts(regime) else "")


def _doubts(law: Regime | Setting) -> str:
    doubts = {"configured": law.configured, "provisional": law.provisional}
    return ", ".join(name for name, is_so in doubts.items() if is_so)


def _told(regime: Regime) -> str:
    """Write "owner 3, unit-supervisor 2 days before it; owner 0 days after"."""
    by_kind = {
        kind: ", ".join(f"{each.to} {each.days}" for each in regime.notices if each.kind is kind)
        for kind in NoticeKind
    }
    told = [f"{by_kind[NoticeKind.OVERDUE]} days after it"]
    if warned := by_kind[NoticeKind.DUE_SOON]:
        told.insert(0, f"{warned} days before the due date")
    return "; ".join(told)


def _span(span: RegimeSpan) -> str:
    until = "on" if span.effective_until is None else f"to {span.effective_until}"
    return f"{span.chosen_by} from {span.effective_from} {until}"


def _value(setting: Setting) -> str:
    value = setting.value
    return ", ".join(value) if isinstance(value, tuple) else str(value)
