"""The editions and calendars that come with this package."""

from importlib.resources import files
from pathlib import PurePosixPath

from shared.data_files.data_file import DataFileError


def packaged_text(path: str) -> str:
    """Return a data file of this package, for example `editions/standards-2012.yaml`."""
    try:
        return files("shared.law").joinpath("data", path).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataFileError(f"{path}: the file does not exist") from None


def packaged_names(folder: str) -> tuple[str, ...]:
    """Return the names of the data files in a folder, without their suffix."""
    found = files("shared.law").joinpath("data", folder).iterdir()
    return tuple(sorted(PurePosixPath(each.name).stem for each in found))
