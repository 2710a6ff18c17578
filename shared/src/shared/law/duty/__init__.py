"""The ledger of duties: its rows, their moves, and the law that each was counted by."""
