"""Risk assessments: scored, finalized and shared."""
