"""Fills in DOJ's form from its mapping file. The same facts always give the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from uuid import UUID

from doj_gateway.domain.form_facts import FormFacts
from shared.data_files.data_file import parsed

FORM = "score-submission-form"
Tree = dict[str, object]


@dataclass(frozen=True)
class FormMapping:
    """One version of a form: the path of each field and the fact that fills it."""

    form: str
    version: int
    fields: Mapping[str, str]

    def filled(self, facts: FormFacts) -> bytes:
        """Fill in the form. A field whose fact is None is left out."""
        tree: Tree = {"form": self.form, "form_version": self.version}
        for path, source in self.fields.items():
            part, _, name = source.partition(".")
            value = getattr(getattr(facts, part), name)
            if value is not None:
                _put(tree, path, _written(value))
        return json.dumps(tree, ensure_ascii=False, sort_keys=True).encode()


@cache
def current_mapping() -> FormMapping:
    """Return the newest version of the score submission form."""
    name = f"{FORM}.yaml"
    text = files("doj_gateway.domain.forms").joinpath(name).read_text(encoding="utf-8")
    return max(parse_mappings(name, text), key=lambda each: each.version)


def parse_mappings(where: str, text: str) -> tuple[FormMapping, ...]:
    """Parse all versions from the text of a file. DataFileError names place and reason."""
    file = parsed(where, text)
    form = file.text("form")
    mappings = []
    for section in file.sections("versions"):
        mappings.append(FormMapping(form, section.whole("version"), section.named_texts("fields")))
        section.finish()
    file.finish()
    if len({each.version for each in mappings}) != len(mappings) or not mappings:
        raise file.fault("there must be versions, and each version number must be unique")
    return tuple(mappings)


def _put(tree: Tree, path: str, value: object) -> None:
    *branches, leaf = path.split(".")
    for branch in branches:
        below = tree.setdefault(branch, {})
        if not isinstance(below, dict):
            raise TypeError(f"{path} lies below a field that has a value")
        tree = below
    tree[leaf] = value


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
