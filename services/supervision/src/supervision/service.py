"""The name of this service and the background loops of its worker."""

from shared.composition.service import Service

SERVICE = Service(name="supervision", loops=("publisher", "consumer", "clerk"))
