"""What this service is called, and which loops its worker has."""

from shared.composition.service import Service

SERVICE = Service(name="supervision", loops=("publisher", "consumer", "clerk"))
