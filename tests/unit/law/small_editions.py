"""A small edition that is in order, for tests that break it in one place."""

SMALL = """
name: small
title: A small edition
facts:
  receipt: Received
  assessment: Assessed
settings:
  days-open:
    value: 20
    text: For how many days it is open
    citation: Configuration of this system
    configured: true
rules:
  send:
    title: send
    regimes:
      - name: first
        chosen_by: receipt
        effective_from: 2012-01-01
        effective_until: 2020-01-01
        owner: officer
        start: receipt
        length: 5
        unit: working-days
        calendar: state-offices
        text: within 5 working days
        citation: a source
        escalations:
          - {to: owner, days_before: 2}
          - {to: operator, days_before: 1}
      - name: second
        chosen_by: receipt
        effective_from: 2020-01-01
        owner: [officer, provider]
        start: receipt
        length: 6
        unit: calendar-days
        pause: pause
        text: within 6 days
        citation: another source
"""
