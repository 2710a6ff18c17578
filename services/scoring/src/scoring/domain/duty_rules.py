"""The rules of the edition in force by which this service opens duties, by their names there."""

SHARE_SCORE = "share-score"
