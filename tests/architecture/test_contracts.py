"""The import contracts, run as a test so that no change lands without them."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from architecture.source_tree import ROOT


def test_every_import_contract_is_kept() -> None:
    status = lint_imports(config_filename=str(ROOT / ".importlinter"), is_debug_mode=False)

    assert status == EXIT_STATUS_SUCCESS
