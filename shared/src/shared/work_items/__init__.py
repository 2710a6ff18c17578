"""Work items: what somebody must look at, why, and how it was closed."""
