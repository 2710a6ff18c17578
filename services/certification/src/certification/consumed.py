"""Which use case answers which event of another service: none, so far.

Nothing this service decides rests on a fact of another; the registry stands ready all the same.
"""

from shared.messaging.consuming.handlers import EventHandlers

HANDLERS = EventHandlers()
