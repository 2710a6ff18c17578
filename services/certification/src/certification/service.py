"""The name of this service and the loops of its worker."""

from shared.composition.service import Service

SERVICE = Service(name="certification", loops=("publisher", "consumer", "clerk"))
