"""The ledger of duties: its rows, their state changes, and the law that counted each of them."""
