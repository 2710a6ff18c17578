"""What the processes of all services import: imported once, by the process that forks them.

What one service alone needs is not here: its tables and metrics are no business of the others.
"""

from shared.database import database
from shared.http import app, kernel_routers, serving
from shared.law.clerk import loop
from shared.messaging.consuming import consumer
from shared.messaging.publishing import publisher
from shared.operations import commands
from shared.security import known_cases

SHARED = (commands, app, kernel_routers, serving, database, consumer, publisher, loop, known_cases)
