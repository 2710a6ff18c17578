"""The assumptions of every forecast; each answer contains them."""

from certification.domain.forecast.observed import FEWEST_DAYS, FEWEST_DECISIONS
from certification.domain.forecast.waits import FEWEST_WAITS

ASSUMPTIONS = (
    "Future days are like the days observed, each equally likely: no season, no trend.",
    "Applications in review are decided first, then those in line, first in, first out.",
    "No application in line is sent back or withdrawn; each observed decision freed one place.",
    "There are as many reviewers as on the last day with any, even if none worked after it.",
    "One reviewer more or fewer works like an observed one, including days without decisions.",
    "Applications become complete at the observed pace, whichever they are.",
    "An incomplete application waits as long as observed ones that took at least as long.",
    "An application is decided on a working day after the one on which it becomes complete.",
    "A newly complete application joins the end; its real place is by its last item's arrival.",
    "An application paused for its applicant returns after a wait like those observed.",
    "An application that has returned counts as in line and is found complete at once.",
    "A returned application goes before the line, but not before one complete earlier than it.",
    "All paused applications return before one in line, unless it was complete before all.",
    "After a wait longer than any observed, an application gets no dates and does not return.",
    f"With fewer than {FEWEST_WAITS} observed waits, applications still waiting get no dates.",
    "With so few waits, paused applications count as returned at once, ahead of those in line.",
    "An application not decided by the end of the horizon counts as late.",
    "Extra reviewer days are worked at the observed pace, before the targets they help to meet.",
    "Extra reviewer days help no paused application, and none whose target has no day left.",
    f"A forecast needs {FEWEST_DAYS} days with a reviewer and {FEWEST_DECISIONS} decisions.",
)
