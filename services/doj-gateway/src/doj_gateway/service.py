"""What this service is called, and which loops its worker has."""

from shared.operations.service import Service

SERVICE = Service(name="doj-gateway", loops=("publisher", "consumer", "clerk", "sender"))
