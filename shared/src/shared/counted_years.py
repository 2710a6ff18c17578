"""The years in which every date and instant must lie, both inclusive.

Dates outside cannot belong to a case, a score or a certification, and neither UTC nor the database
can store the edges of the calendar.
"""

FIRST_YEAR, LAST_YEAR = 2000, 2100
