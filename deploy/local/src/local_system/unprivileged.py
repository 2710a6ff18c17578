"""Runs PostgreSQL under an unprivileged account, because it refuses to run as root."""

import os
import pwd
import shutil
import stat
from pathlib import Path

ACCOUNT = "nobody"


def account() -> str:
    """The account under which PostgreSQL runs; empty if this process is not root."""
    return ACCOUNT if os.geteuid() == 0 else ""


def give(path: Path, user: str) -> None:
    """Make the account the owner of a file or folder."""
    if user:
        shutil.chown(path, user, pwd.getpwnam(user).pw_gid)


def open_the_way(path: Path) -> None:
    """Let the account pass through (not list) the folders above a path.

    The trade-off: a checkout under root's home makes that home passable, which PostgreSQL under
    another account cannot do without.
    """
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
