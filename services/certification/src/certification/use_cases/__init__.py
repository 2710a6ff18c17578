"""One file per thing that can happen; this listing is the manual."""
