"""Announces the links of programs and providers that were made before links were announced.

A background process does it, once. Services that form teams or scores know links only from events.
"""

from certification import published
from certification.storage import program_providers
from shared.database.transaction import Transaction


async def announce_links(tx: Transaction) -> int:
    """Announce a batch; return its size, which is 0 when every link is announced."""
    links = await program_providers.take_unannounced(tx)
    for link in links:
        tx.publish(published.provider_linked(link))
    return len(links)
