"""Names, in the edition in force, of the rules by which this service opens duties."""

DYNAMIC_SCORE_TO_DOJ = "dynamic-score-to-doj"
VIOLENCE_SCORE_TO_DOJ = "violence-score-to-doj"
DOJ_ACKNOWLEDGMENT = "doj-acknowledgment"
LS_CMI_SEEN = "ls-cmi-seen"
