"""Logs events with fields as JSON; fields contain only ids, never personal data."""

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

AGAIN_SECONDS = 10.0
MOST_REMEMBERED = 1_000
_DETAIL = re.compile(r"DETAIL:.*?(?=\n\[SQL|\nHINT:|\n\n|\Z)", re.DOTALL)


def configure_logging(service: str, process: str, level: str) -> None:
    """Send all log lines of this process, including libraries', to standard output as JSON."""
    shared_steps: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _say_where(service, process),
    ]
    structlog.configure(
        processors=[*shared_steps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared_steps,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _without_rows,
                structlog.processors.JSONRenderer(serializer=_as_json),
            ],
        )
    )
    handler.addFilter(SaidBefore())
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    for chatty in ("aiokafka", "uvicorn.access", "httpx", "httpcore"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class SaidBefore(logging.Filter):
    """Drops repeated lines of libraries: one passes in ten seconds.

    A lost topic once caused 170 lines per second. Lines of our own code are always kept.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said_at: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line was not logged a moment ago."""
        if not record.name.startswith("aiokafka"):
            return True
        line, now = (record.name, record.getMessage()), time.monotonic()
        if now < self._said_at.get(line, -AGAIN_SECONDS) + AGAIN_SECONDS:
            return False
        if len(self._said_at) >= MOST_REMEMBERED:
            self._said_at.clear()
        self._said_at[line] = now
        return True


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return the logger of a module."""
    found: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return found


def _say_where(service: str, process: str) -> structlog.typing.Processor:
    def add(
        _logger: object, _method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        event["service"], event["process"] = service, process
        return event

    return add


def _without_rows(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Remove PostgreSQL's DETAIL, because it repeats the values of the refused row."""
    if isinstance(trace := event.get("exception"), str):
        event["exception"] = _DETAIL.sub("DETAIL: removed", trace)
    return event


def _as_json(value: object, **_: object) -> str:
    return orjson.dumps(value, default=str).decode()
