"""How data files are read: each mistake is named with its place."""

import pytest

from shared.law.data_file import LawDataError, Section


def test_a_list_of_whole_numbers_is_read_in_its_order() -> None:
    assert Section("here", {"codes": [2, 0, 1]}).wholes("codes") == (2, 0, 1)


@pytest.mark.parametrize("codes", [[], 3, ["1"], [1, True]])
def test_what_is_no_list_of_whole_numbers_is_refused(codes: object) -> None:
    with pytest.raises(LawDataError, match="here: codes must be a list of whole numbers"):
        Section("here", {"codes": codes}).wholes("codes")
