"""The public directory as HTML pages, a CSV download and a style sheet; no JavaScript."""

from certification.pages import directory, download, furniture, processing_times, status

ROUTERS = [
    *(directory.router, download.router, furniture.router, status.router),
    processing_times.router,
]
