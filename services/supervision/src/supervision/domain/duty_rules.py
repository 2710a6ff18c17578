"""The rules of the edition in force by which this service opens duties, by their names there."""

MONTHLY_CONTACT = "monthly-contact"
STATIC_99R_BEFORE_PLACEMENT = "static-99r-before-placement"
