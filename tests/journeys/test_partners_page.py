"""Every command that the partners' page shows works as it stands, against a running system."""

import asyncio
import re
import shutil
import sys
from pathlib import Path

import pytest

from architecture.source_tree import ROOT
from journeys.partner import Partner
from local_system.launch import Launch
from local_system.ports import DEFAULT_BASE, OFFSETS
from shared.clock import SystemClock, california_date

PAGE = ROOT / "docs/partners/README.md"
VERIFY = ROOT / "docs/partners/verify_extract.py"
STRICT = 'set -eu\ncurl() { command curl --fail-with-body --max-time 20 "$@"; }\n'


def commands(launch: Launch, token: Path) -> str:
    """Return the page's requests, for this system's ports and token."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    script = "".join(block for block in blocks if "curl" in block)
    for process in OFFSETS:
        address = f"127.0.0.1:{DEFAULT_BASE + OFFSETS[process]}"
        script = script.replace(address, f"127.0.0.1:{launch.system.ports[process]}")
    return STRICT + script.replace(".local/tokens/partner", str(token))


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here (Debian: curl)")
async def test_the_requests_of_the_page_are_answered(
    launch: Launch, partner: Partner, tmp_path: Path
) -> None:
    script = commands(launch, partner.token)

    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", script),
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaints = await process.communicate()

    assert process.returncode == 0, said + complaints
    assert b'"is_whole":true' in said
    assert said.count(b"x-log-next: 1:") == 2
    assert b"204 No Content" in said
    assert said.count(b'"is_known":') == 3
    first_line = (await _verified(tmp_path)).splitlines()[0]
    today = california_date(SystemClock().now())
    assert first_line == f"genuine; as of {today} for county 06067:"


async def _verified(folder: Path) -> str:
    """What the page's script says of the extract that the page's requests saved."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, VERIFY, folder / "extract.jose", folder / "keys.json"),
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    return said.decode()
