"""Nothing outlives the supervisor: not when it is killed, not what a crash left before."""

import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from local_system.register import Register

PATIENCE = 60
SLEEP = ("sleep", "1000")
SUPERVISE = """
import asyncio, sys
from pathlib import Path
from local_system.processes import Supervisor
from local_system.program import ChildProgram

async def ready(): return True

async def main(folder):
    supervisor = Supervisor(folder / "processes.json", print)
    program = ChildProgram("child", ("/bin/sleep", "1000"), folder / "child.log", ready)
    await supervisor.start(program)
    print("started", flush=True)
    await asyncio.sleep(1000)

asyncio.run(main(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems sweep at the next start")
def test_programs_end_when_the_supervisor_itself_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, str(tmp_path)], stdout=subprocess.PIPE
    ) as killed:
        assert killed.stdout is not None
        killed.stdout.readline()
        registered = json.loads((tmp_path / "processes.json").read_text())
        child = psutil.Process(registered["child"][0])

        killed.kill()

        child.wait(PATIENCE)


def test_sweeping_ends_what_was_left_and_nothing_that_only_has_the_same_id(
    tmp_path: Path,
) -> None:
    register = Register(tmp_path / "processes.json")
    with subprocess.Popen(SLEEP) as left, subprocess.Popen(SLEEP) as other:
        register.write({"left": left.pid})
        entries = json.loads(register.file.read_text()) | {"other": [other.pid, 12345.0]}
        register.file.write_text(json.dumps(entries))

        swept = register.sweep()

        assert swept == ["left"]
        assert other.poll() is None
        other.kill()
    assert not register.file.exists()
