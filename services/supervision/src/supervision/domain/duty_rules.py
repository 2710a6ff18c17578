"""Names, in the edition in force, of the rules by which this service opens duties."""

MONTHLY_CONTACT = "monthly-contact"
STATIC_99R_BEFORE_PLACEMENT = "static-99r-before-placement"
