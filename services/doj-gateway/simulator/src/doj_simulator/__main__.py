"""Command line: `python -m doj_simulator serve`, or `openapi` to write the OpenAPI document."""

import json
import logging
import sys
from datetime import timedelta

import typer
import uvicorn
from pydantic import ValidationError

from doj_simulator.app import build_app, describe
from doj_simulator.settings import SimulatorSettings
from doj_simulator.state import travel_by

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, help="A simulated DOJ for tests and local runs."
)


@cli.command()
def serve() -> None:
    """Run the simulated intake."""
    logging.basicConfig(level="INFO", format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    settings = _settings()
    travel_by(timedelta(seconds=settings.time_offset_seconds))
    uvicorn.run(
        build_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
    )


@cli.command()
def openapi() -> None:
    """Write the OpenAPI document to standard output."""
    sys.stdout.write(json.dumps(describe(), indent=2, ensure_ascii=False) + "\n")


def _settings() -> SimulatorSettings:
    try:
        return SimulatorSettings()
    except ValidationError as error:
        names = (f"DOJ_SIMULATOR_{str(fault['loc'][0]).upper()}" for fault in error.errors())
        sys.stderr.write(f"settings refused: {', '.join(names)}\n")
        raise typer.Exit(2) from None


if __name__ == "__main__":
    cli()
