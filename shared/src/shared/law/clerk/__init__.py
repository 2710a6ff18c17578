"""The clerk: tells, once each, whoever must know that a due date is near or past."""
