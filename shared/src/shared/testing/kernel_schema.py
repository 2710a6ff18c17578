"""The kernel's tables alone, as the revisions make them one after the other."""

from importlib.resources import files


def kernel_schema() -> str:
    """Return every revision's statements as one script."""
    folder = files("shared.schema").iterdir()
    scripts = {each.name: each for each in folder if each.name.startswith("kernel_")}
    return "".join(scripts[name].read_text() for name in sorted(scripts) if name.endswith(".sql"))
