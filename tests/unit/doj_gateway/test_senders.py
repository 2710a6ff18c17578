"""Who may decide that a score goes to DOJ: whoever owes it, and only while it is owed."""

import pytest

from doj_gateway.domain.senders import require_sender
from shared.errors import ConflictError


def test_a_score_that_nobody_owes_any_more_is_sent_by_nobody() -> None:
    with pytest.raises(ConflictError) as refused:
        require_sender(frozenset({"operator"}), None)

    assert refused.value.code == "score-not-owed"
