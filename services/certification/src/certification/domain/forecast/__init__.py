"""Forecast of the queue by Monte Carlo simulation (docs/decisions/0018).

For each day to come, an observed working day is drawn, with the applications that became complete
and the decisions made on it. Applications in line are decided first in, first out. Those back from
the applicant go before the line; those not complete yet join behind it. The same inputs and seed
give the same answer.
"""
