"""Cases, containment teams, monthly contacts and score receipts."""
