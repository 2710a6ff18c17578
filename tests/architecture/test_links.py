"""A link from one page of the project to another leads somewhere."""

import re
import subprocess

from architecture.source_tree import ROOT

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def test_every_link_of_a_page_leads_to_a_file_of_the_project() -> None:
    pages = subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()

    broken = [
        f"{page}: {target}"
        for page in pages
        for target in LINK.findall((ROOT / page).read_text())
        if not (ROOT / page).parent.joinpath(target).exists()
    ]

    assert pages
    assert broken == []
