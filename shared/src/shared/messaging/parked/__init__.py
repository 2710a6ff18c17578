"""Parked messages (the dead-letter queue): how operators see and decide them."""
