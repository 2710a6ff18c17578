"""The register of running processes: what the next start sweeps up if the supervisor was killed.

An id is believed only together with the moment its process began, so a process of somebody else
that got the same id later is never touched.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

SWEEP_SECONDS = 5.0


@dataclass(frozen=True)
class Register:
    """A file that names each process with its id and the moment it began."""

    file: Path

    def write(self, processes: Mapping[str, int]) -> None:
        """Keep the processes that are alive now."""
        entries = {}
        for name, process_id in processes.items():
            try:
                entries[name] = [process_id, psutil.Process(process_id).create_time()]
            except psutil.NoSuchProcess:
                continue
        fresh = self.file.with_name(f"{self.file.name}.new")
        fresh.write_text(json.dumps(entries))
        fresh.replace(self.file)

    def clear(self) -> None:
        """Forget all, after an orderly stop."""
        self.file.unlink(missing_ok=True)

    def sweep(self) -> list[str]:
        """End what an earlier supervisor left behind; gives the names of what was ended."""
        left = self._alive()
        for process in left.values():
            process.terminate()
        _, stubborn = psutil.wait_procs(left.values(), timeout=SWEEP_SECONDS)
        for process in stubborn:
            process.kill()
        psutil.wait_procs(stubborn, timeout=SWEEP_SECONDS)
        self.clear()
        return sorted(left)

    def _alive(self) -> dict[str, psutil.Process]:
        try:
            entries = json.loads(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        alive = {}
        for name, (process_id, began) in entries.items():
            try:
                process = psutil.Process(process_id)
                if process.create_time() == began:
                    alive[name] = process
            except psutil.NoSuchProcess:
                continue
        return alive
