"""Builds a rulebook edition from its files and refuses incomplete or contradictory ones.

An edition may extend another: it then contains the other's facts, settings and rules, except those
that it replaces. Rules are built after every file is read, so a setting changed in the last file
applies to the rules of the first.
"""

from collections.abc import Sequence
from types import MappingProxyType

from shared.data_files.data_file import Section
from shared.law.counting.calendars import Calendars
from shared.law.counting.edition_settings import Setting
from shared.law.counting.rules import Edition
from shared.law.reading.law_files import LawFile
from shared.law.reading.regime_sections import Context
from shared.law.reading.rule_sections import rule_of


def build_edition(chain: Sequence[LawFile], calendars: Calendars) -> Edition:
    """Build the edition of the last file, on top of those before it."""
    words: dict[str, str] = {}
    settings: dict[str, Section] = {}
    sections: dict[str, Section] = {}
    title, notice = "", None
    for file, below in zip(chain, (None, *chain), strict=False):
        section = file.section
        is_same = below is not None and below.name == file.name
        title = title if is_same and not section.has("title") else section.text("title")
        notice = section.optional_text("notice") or (notice if is_same else None)
        words |= section.named_texts("facts") if section.has("facts") else {}
        settings |= section.named_sections("settings") if section.has("settings") else {}
        sections |= section.named_sections("rules") if section.has("rules") else {}
        section.finish()
    if not sections:
        raise chain[-1].section.fault("an edition must have rules")
    read = {name: _setting(name, section) for name, section in settings.items()}
    context = Context(words, read, settings, calendars)
    rules = {name: rule_of(name, section, context) for name, section in sections.items()}
    return Edition(
        name=chain[-1].name,
        title=title,
        notice=notice,
        fact_words=MappingProxyType(words),
        settings=MappingProxyType(read),
        rules=MappingProxyType(rules),
    )


def _setting(name: str, section: Section) -> Setting:
    setting = Setting(
        name=name,
        value=section.whole_or_texts("value"),
        text=section.text("text"),
        citation=section.text("citation"),
        configured=section.flag("configured"),
        provisional=section.flag("provisional"),
    )
    section.finish()
    if not setting.configured and not setting.provisional:
        raise section.fault(
            "a setting must be marked configured or provisional; what the law states is a rule"
        )
    return setting
