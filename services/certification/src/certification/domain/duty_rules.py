"""The rules of the edition in force by which this service opens duties, by their names there."""

SCREEN_APPLICATION = "screen-application"
DECIDE_APPLICATION = "decide-application"
ANSWER_DEFICIENCY = "answer-deficiency"
RENEW_CERTIFICATION = "renew-certification"
