"""The tables that every service has in addition to its own."""

from sqlalchemy import MetaData

from shared.database.audit import attach_audit
from shared.database.leases import attach_leases
from shared.database.outbox import attach_outbox
from shared.http.kept_answers import attach_kept_answers
from shared.law.duty.duty_tables import attach_duties
from shared.law.duty.kept_laws import attach_kept_laws
from shared.law.rehearsal.law_changes import attach_law_changes
from shared.messaging.tables import attach_consumption, attach_log
from shared.work_items.work_item_tables import attach_work_items


def attach(metadata: MetaData) -> MetaData:
    """Add the tables to a service's metadata and return it."""
    for add in (
        attach_outbox,
        attach_log,
        attach_consumption,
        attach_leases,
        attach_duties,
        attach_kept_laws,
        attach_law_changes,
        attach_work_items,
        attach_kept_answers,
        attach_audit,
    ):
        add(metadata)
    return metadata
