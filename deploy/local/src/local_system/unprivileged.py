"""Running PostgreSQL as root: it refuses, so it runs as an account without rights instead."""

import os
import pwd
import shutil
import stat
from pathlib import Path

ACCOUNT = "nobody"


def account() -> str:
    """The account PostgreSQL has to run as; empty when we are not root ourselves."""
    return ACCOUNT if os.geteuid() == 0 else ""


def give(path: Path, user: str) -> None:
    """Make the account the owner of a file or folder."""
    if user:
        shutil.chown(path, user, pwd.getpwnam(user).pw_gid)


def open_the_way(path: Path) -> None:
    """Let others pass through (not list) the folders above a path that they own or execute.

    The trade-off: a checkout under root's home makes that home passable, which PostgreSQL under
    another account cannot do without.
    """
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
