"""The directory as people read it: pages of HTML, a download, and their style; no JavaScript."""

from certification.pages import directory, download, furniture, status

ROUTERS = [directory.router, download.router, furniture.router, status.router]
