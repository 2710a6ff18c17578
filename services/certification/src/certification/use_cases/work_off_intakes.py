"""Works off a run of an intake in batches, each in its own transaction.

A background process does it, and so may an operator's command. A batch holds its run locked, so
that no line is processed twice. After a crash, work continues with the remaining lines.
"""

from uuid import UUID

from sqlalchemy.exc import DBAPIError

from certification.domain.intakes import IntakeRun, RunKind
from certification.storage import intakes
from certification.use_cases.take_in_lines import take_in_lines
from certification.use_cases.undo_lines import undo_lines
from shared.database.database import is_passing, refused_by
from shared.database.transaction import Cause, Transaction
from shared.errors import CasombError, UnavailableError
from shared.law.in_force import Law
from shared.security.principals import Actor, Role

LINES_AT_ONCE = 500


async def work_off_next(tx: Transaction, law: Law) -> int:
    """Process a batch of the run that waits longest; return the number of lines."""
    run = await intakes.next_run(tx)
    return 0 if run is None else await _batch(tx, law, run)


async def work_off(tx: Transaction, law: Law, run_id: UUID) -> bool:
    """Process a batch of one run once no other worker holds it; False when it is over."""
    run = await intakes.run_locked(tx, run_id)
    if run.finished_at is not None:
        return False
    return await _batch(tx, law, run) == LINES_AT_ONCE


async def _batch(tx: Transaction, law: Law, run: IntakeRun) -> int:
    """Process a batch; a refused batch ends its run, so that it is not retried forever."""
    tx.caused_by(_asked(run))
    try:
        async with tx.savepoint():
            done = await _lines_done(tx, law, run)
    except UnavailableError:
        raise
    except CasombError as error:
        await intakes.finish(tx, run, stopped_because=error.code)
        return 0
    except DBAPIError as error:
        if is_passing(error):
            raise
        await intakes.finish(tx, run, stopped_because=f"database-refused: {refused_by(error)}")
        return 0
    if done < LINES_AT_ONCE:
        await intakes.finish(tx, run)
    return done


async def _lines_done(tx: Transaction, law: Law, run: IntakeRun) -> int:
    intake = await intakes.by_id(tx, run.intake_id)
    if run.kind is RunKind.APPLYING:
        return await take_in_lines(tx, law, intake, LINES_AT_ONCE)
    return await undo_lines(tx, intake, LINES_AT_ONCE)


def _asked(run: IntakeRun) -> Cause:
    """Act as the person who started the run, whichever process does the work."""
    actor = Actor(run.asked_by, frozenset(Role(each) for each in run.asked_roles))
    return Cause(actor, run.correlation_id)
