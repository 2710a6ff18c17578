"""When each open file is reached: the queue is run forward from what was observed, many times.

The model in short (docs/decisions/0018): an observed working day is drawn for each day to come,
with what became complete and what was decided on it; files in line are decided first in, first
out; files back from the applicant go before the line; files not complete yet join behind it. The
same inputs and seed give the same answer.
"""
