"""Writes the conformance set anew: `make conformance`."""

from architecture.source_tree import ROOT
from contract.conformance import cases_in_line, cases_of_epochs, cases_with_gaps
from contract.conformance.recording import Recording

FOLDER = ROOT / "docs/partners/conformance/cases"
PAGE = FOLDER.parent / "README.md"
_LIST_BEGINS = "## The cases\n"


def recordings() -> list[Recording]:
    """Every case, in the order in which they are best met."""
    return [*cases_in_line.cases(), *cases_with_gaps.cases(), *cases_of_epochs.cases()]


def files() -> dict[str, str]:
    """What the folder has to hold: the text of each file by its name."""
    return {f"{recording.name}.json": recording.written() for recording in recordings()}


def page(present: str) -> str:
    """Return the page with the list of cases at its end as it has to be."""
    rows = [f"| [{each.name}](cases/{each.name}.json) | {each.says} |" for each in recordings()]
    before = present.partition(_LIST_BEGINS)[0]
    return "\n".join([f"{before}{_LIST_BEGINS}| case | |", "|---|---|", *rows]) + "\n"


def write() -> None:
    """Write all files, and take away those that are none any more."""
    PAGE.write_text(page(PAGE.read_text()))
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = files()
    for name, text in written.items():
        (FOLDER / name).write_text(text)
    for path in FOLDER.glob("*.json"):
        if path.name not in written:
            path.unlink()


if __name__ == "__main__":
    write()
