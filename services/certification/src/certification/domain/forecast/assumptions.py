"""What every forecast takes for granted, said with every answer."""

from certification.domain.forecast.observed import FEWEST_DAYS, FEWEST_DECISIONS
from certification.domain.forecast.waits import FEWEST_WAITS

ASSUMPTIONS = (
    "The days to come are like the days observed, each as likely as another: no season, no trend.",
    "Files in review are decided first, then those in line, first in, first out.",
    "No file in line is sent back or withdrawn; each decision observed freed one place.",
    "There are as many reviewers as on the last day that had any, even if none has worked since.",
    "A reviewer more or fewer works like one of those observed, zero days included.",
    "Files become complete at the pace observed, whichever of the open ones they are.",
    "A file not complete yet waits as long as those did that took at least as long as it has.",
    "It is decided on a later working day than the one on which it becomes complete.",
    "It joins behind the line; found complete late, it really goes by the day it arrived.",
    "A file paused for its applicant comes back as those did that were answered.",
    "A file that is back counts as in line, and is found complete at once.",
    "Back, it goes before the line, but never before a file that was complete before it.",
    "To a file in line, all paused files come back before it, unless it was complete before all.",
    "Of a file that has waited longer than any observed nothing is said; it is not expected back.",
    f"With fewer than {FEWEST_WAITS} waits observed nothing is said of those that go on.",
    "Then paused files count as back at once, the cautious end for those in line.",
    "What is not reached before the horizon's end counts as past its target.",
    "Extra reviewer days are worked at the observed pace, before the targets that they save.",
    "They save no paused file, and none with no working day left before its target.",
    f"It needs {FEWEST_DAYS} working days with a reviewer and {FEWEST_DECISIONS} decisions.",
)
