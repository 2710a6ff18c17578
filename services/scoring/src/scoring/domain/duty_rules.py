"""Name, in the edition in force, of the rule by which this service opens duties."""

SHARE_SCORE = "share-score"
