"""Starts and stops a whole system: servers, schemas, services, simulator, token issuer."""

import asyncio
import fcntl
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from local_system.credentials import SERVICES
from local_system.databases import address, create_service_databases, database_name
from local_system.errors import AlreadyRunningError, CannotStartError
from local_system.issuer import IssuerServer, issuer_app
from local_system.kafka_jars import are_fetched, fetched_bytes, kafka_jars
from local_system.moved_time import (
    in_california,
    later_time_seen,
    move_time,
    note_time,
    time_there,
)
from local_system.preflight import all_findings
from local_system.processes import TELL_EVERY_SECONDS, Say, Supervisor
from local_system.program import ChildProgram, inherited_environment
from local_system.readiness import answers_ok, reasons_of, works_or_waits_for_an_operator
from local_system.register import Register
from local_system.schemas import bring_schemas
from local_system.state import StateFolder
from local_system.system import System
from local_system.tokens import kept_signing_key

SERVERS, PARTNERS, SERVICE_PROCESSES = 0, 1, 2  # stages, stopped from the last to the first
SERVER_SECONDS = 240
SERVICE_SECONDS = 480


@dataclass
class Launch:
    """A system that is running or about to start."""

    system: System
    say: Say
    at: datetime | None = None
    """The instant at which to start; None is the real time."""
    supervisor: Supervisor = field(init=False)
    _lock: IO[str] | None = None
    _issuer: IssuerServer | None = None
    _serving: asyncio.Task[None] | None = None
    _began: float = 0.0
    _is_up: bool = False

    def __post_init__(self) -> None:
        """A supervisor of its own, with the register in the state folder."""
        self.supervisor = Supervisor(self.system.state.processes, self.say)

    async def start(self) -> None:
        """Start everything; if it fails, stop everything and raise CannotStartError."""
        self._began = time.monotonic()
        self._take_state()
        await self._look()
        move_time(self.system.state, self.at)
        if seen := later_time_seen(self.system.state):
            self.say(
                f"this system has already run at {in_california(seen)}: events after the new "
                "time are in its future"
            )
        try:
            await self.supervisor.warm_up()
            await self.bring_up()
        except BaseException:
            await self.stop()
            raise
        self._is_up = True
        note_time(self.system.state)
        self._tell("everything is up")
        if self.at is not None:
            self.say(f"        it is {time_there(self.system.state)} there")

    def _tell(self, what: str) -> None:
        self.say(f"{time.monotonic() - self._began:5.1f} s  {what}")

    async def stop(self) -> None:
        """Stop services, then partners, then servers; the issuer last of the partners."""
        await self.supervisor.stop()
        if self._issuer is not None and self._serving is not None:
            self._issuer.should_exit = True
            await asyncio.wait([self._serving], timeout=5)
        if self._lock is not None:
            if self._is_up:
                note_time(self.system.state)
            self._lock.close()

    def _take_state(self) -> None:
        state = self.system.state
        self._lock = take(state)
        swept = Register(state.processes).sweep()
        if swept:
            self.say(f"ended processes of an earlier run: {', '.join(swept)}")
        state.issuer.write_text(self.system.url("issuer"))

    async def _look(self) -> None:
        found = [finding async for finding in all_findings(self.system)]
        if found:
            raise CannotStartError("\n".join(found))

    async def bring_up(self) -> None:
        """Start all processes at once; they may start in any order.

        A service's time limit begins when both servers work, because it needs them.
        """
        self._start_issuer()
        programs = [*service_programs(self.system), simulator_program(self.system)]
        await asyncio.gather(self._start_kafka(), self._start_postgres_and(programs))
        await self.supervisor.wait_ready((program.name for program in programs), SERVICE_SECONDS)
        for program in programs:
            if reason := await program.hindrance():
                self.say(f"{program.name} needs an operator: {reason}")

    def _start_issuer(self) -> None:
        key = kept_signing_key(self.system.state)
        app = issuer_app(key, self.system.url("issuer"), self.system.credentials.clients)
        self._issuer = IssuerServer(app, self.system.ports["issuer"])
        self._serving = asyncio.create_task(self._issuer.serve(), name="issuer")

    async def _start_kafka(self) -> None:
        if self.system.own_broker is not None:
            return
        kafka = self.system.kafka
        if not are_fetched():
            self._tell("fetching Kafka (43 MB, once)")
            await self._fetch_kafka()
        if kafka.must_run_once():
            self._tell("running Kafka once, so that later starts are faster")
        await asyncio.to_thread(kafka.prepare)
        await self.supervisor.start(kafka.program())
        await self.supervisor.wait_ready(["kafka"], SERVER_SECONDS)
        self._tell("Kafka works")

    async def _fetch_kafka(self) -> None:
        """Fetch the jars, and print the progress now and then."""
        fetching = asyncio.create_task(asyncio.to_thread(kafka_jars))
        while not fetching.done():
            await asyncio.wait([fetching], timeout=TELL_EVERY_SECONDS)
            if not fetching.done():
                self._tell(_fetched_so_far(fetched_bytes()))
        await fetching

    async def _start_postgres_and(self, programs: Sequence[ChildProgram]) -> None:
        system = self.system
        if system.own_database_server is None:
            postgres = system.postgres
            await asyncio.to_thread(postgres.prepare)
            await self.supervisor.start(postgres.program())
            await self.supervisor.wait_ready(["postgres"], SERVER_SECONDS)
            self._tell("PostgreSQL works")
        await create_service_databases(system.database_server, system.credentials.databases)
        # Services wait for their schemas by themselves.
        await asyncio.gather(self.supervisor.start(*programs), self._bring_schemas())

    async def _bring_schemas(self) -> None:
        system = self.system
        own = system.own_database_server is not None
        await bring_schemas(
            {service: database_of(system, service) for service in SERVICES},
            system.state.log("migrate"),
            embedded_server=None if own else system.database_server,
        )
        self._tell("the four schemas are current")


def _fetched_so_far(size: int) -> str:
    if size == 0:
        return "fetching Kafka: finding out which files it needs"
    return f"fetching Kafka: {size // 1_000_000} of 43 MB"


def take(state: StateFolder) -> IO[str]:
    """Lock the state folder for this process; the lock ends with the process."""
    state.folder.mkdir(parents=True, exist_ok=True)
    lock = state.lock.open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise AlreadyRunningError(
            f"A system is already running on {state.folder}: stop it with Ctrl-C where it was "
            "started, or set STATE and PORT_BASE to start another one."
        ) from None
    return lock


def is_running(state: StateFolder) -> bool:
    """Whether a system is running on this state folder now; creates nothing."""
    if not state.lock.exists():
        return False
    try:
        take(state).close()
    except AlreadyRunningError:
        return True
    return False


def require_running(system: System) -> None:
    """Raise CannotStartError if no system is running on this state folder."""
    if not is_running(system.state):
        raise CannotStartError(
            f"No system is running on {system.state.folder}: start one with `make run`, or set"
            " STATE and PORT_BASE to those of the running one."
        )


def service_command(service: str, process: str) -> tuple[str, ...]:
    """How one process of a service is run."""
    return (sys.executable, "-m", database_name(service), process)


def database_of(system: System, service: str) -> str:
    """Address of a service's own database, for the role that owns it."""
    name, password = database_name(service), system.credentials.databases[service]
    return address(system.database_server, name, name, password)


def service_programs(system: System) -> list[ChildProgram]:
    """`api` and `worker` of each service."""
    programs = []
    for service in SERVICES:
        database = database_of(system, service)
        for process in ("api", "worker"):
            name = f"{service} {process}"
            settings = system.places.service(service, database, process)
            programs.append(
                ChildProgram(
                    name=name,
                    command=service_command(service, process),
                    log=system.state.log(name),
                    is_ready=works_or_waits_for_an_operator(
                        health := f"{system.url(name)}/health/ready"
                    ),
                    hindrance=reasons_of(health),
                    environment=inherited_environment() | settings,
                    stage=SERVICE_PROCESSES,
                    stop_seconds=15,
                    shares_imports=True,
                )
            )
    return programs


def simulator_program(system: System) -> ChildProgram:
    """The DOJ simulator."""
    return ChildProgram(
        name="simulator",
        command=(sys.executable, "-m", "doj_simulator", "serve"),
        log=system.state.log("simulator"),
        is_ready=answers_ok(f"{system.url('simulator')}/health/ready"),
        environment=inherited_environment() | system.places.simulator(),
        stage=PARTNERS,
        shares_imports=True,
    )
