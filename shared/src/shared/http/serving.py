"""How uvicorn serves an API: the options that the process and the tests have in common."""

from typing import Any

from shared.http.header_limits import BoundedHeadProtocol

SERVING: dict[str, Any] = {
    "http": BoundedHeadProtocol,
    "log_config": None,
    "access_log": False,
    "server_header": False,
}
