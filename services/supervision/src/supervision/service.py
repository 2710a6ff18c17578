"""What this service is called, and which loops its worker has."""

from shared.operations.service import Service

SERVICE = Service(name="supervision", loops=("publisher", "consumer", "clerk"))
