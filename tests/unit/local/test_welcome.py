"""What is printed when everything is up."""

from local_system.welcome import law_in_force


def test_whoever_starts_the_system_is_told_by_which_law_it_counts() -> None:
    told = " ".join(law_in_force())

    assert told.startswith("Edition standards-2012 is in force. Later law applies to assessments")
