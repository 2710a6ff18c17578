"""The register of running processes, which the next start ends if the supervisor was killed.

A process is ended only if its id and its start time both match, so that a different process with
the same id is never touched.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

SWEEP_SECONDS = 5.0


@dataclass(frozen=True)
class Register:
    """A file with the name, id and start time of each process."""

    file: Path

    def write(self, processes: Mapping[str, int]) -> None:
        """Record the processes that are running now."""
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
        """Delete all entries, after an orderly stop."""
        self.file.unlink(missing_ok=True)

    def sweep(self) -> list[str]:
        """End the processes that an earlier supervisor left behind; return their names."""
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
