"""The use cases: one module for each thing that can happen in this service."""
