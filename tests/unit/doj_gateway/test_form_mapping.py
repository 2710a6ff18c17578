"""DOJ's form is filled in by a versioned mapping; the same facts give the same bytes."""

import json

import pytest

from doj_gateway.domain.form_mappings import FormMapping, current_mapping, parse_mappings
from doj_simulator.forms import ScoreSubmissionForm
from shared.data_files.data_file import DataFileError
from unit.doj_gateway.gateway_examples import PROVIDER, form_facts

HEAD = "form: score-submission-form\nversions:\n"
ONE = "  - {version: 1, fields: {reference: submission.reference}}\n"


def test_the_filled_form_is_one_that_doj_reads() -> None:
    filled = current_mapping().filled(form_facts())

    form = ScoreSubmissionForm.model_validate_json(filled)

    assert (form.person.family_name, form.scorer) == ("Example", str(PROVIDER))


def test_a_fact_that_is_not_there_leaves_its_field_out() -> None:
    form = json.loads(current_mapping().filled(form_facts()))

    assert "ssn" not in form["person"]


def test_the_same_facts_give_the_same_bytes() -> None:
    assert current_mapping().filled(form_facts()) == current_mapping().filled(form_facts())


def test_of_several_versions_each_keeps_its_number() -> None:
    mappings = parse_mappings("a file", HEAD + ONE + ONE.replace("1", "2"))

    assert [each.version for each in mappings] == [1, 2]


@pytest.mark.parametrize("versions", [ONE + ONE, "  []\n"])
def test_a_version_twice_or_none_at_all_is_refused(versions: str) -> None:
    with pytest.raises(DataFileError, match="each version"):
        parse_mappings("a file", HEAD + versions)


@pytest.mark.parametrize(
    "text", [HEAD + ONE + "since: 2026\n", HEAD + ONE.replace("{", "{by: a, ")]
)
def test_a_word_that_nobody_knows_is_refused(text: str) -> None:
    with pytest.raises(DataFileError, match=r"unknown key (since|by)"):
        parse_mappings("a file", text)


def test_a_field_below_a_field_with_a_value_is_refused() -> None:
    mapping = FormMapping("a-form", 1, {"a": "submission.reference", "a.b": "case.agency"})

    with pytest.raises(TypeError, match=r"a\.b"):
        mapping.filled(form_facts())
