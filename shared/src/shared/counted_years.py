"""The years in which every date and instant lies that the system counts with; both count.

What lies outside is no date of a case, a score or a certification, and the edges of the calendar
are where neither UTC nor the database can hold what was written.
"""

FIRST_YEAR, LAST_YEAR = 2000, 2100
