"""A duty of some ledger changed: the overview keeps the latest that was said of it."""

from shared.database.transaction import Transaction
from shared.messaging.consuming.handlers import Received
from supervision.domain.owed_duties import ledger_of
from supervision.storage import known_duties
from supervision.storage.known_duties import DutyChange


def learn_duty(tx: Transaction, event: Received[DutyChange]) -> None:
    """Keep the duty as the event tells it, unless a later one is known already."""
    known_duties.keep(tx, ledger_of(event.type), event.data)
