"""Names of the edition's rules under which this service opens duties."""

SCREEN_APPLICATION = "screen-application"
DECIDE_APPLICATION = "decide-application"
ANSWER_DEFICIENCY = "answer-deficiency"
RENEW_CERTIFICATION = "renew-certification"
