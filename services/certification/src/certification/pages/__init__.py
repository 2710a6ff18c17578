"""The directory as people read it: pages of HTML, a download, and their style; no JavaScript."""

from certification.pages import directory, download, furniture, processing_times, status

ROUTERS = [
    *(directory.router, download.router, furniture.router, status.router),
    processing_times.router,
]
