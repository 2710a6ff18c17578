"""The clerk announces, once, the links that were made before links were announced.

Whoever forms teams or scores learns of a link by its event alone, so one that was never announced
would be taken for none.
"""

from certification import published
from certification.storage import program_providers
from shared.database.transaction import Transaction


async def announce_links(tx: Transaction) -> int:
    """Announce a batch; returns how many, which is 0 when every link is announced."""
    links = await program_providers.take_unannounced(tx)
    for link in links:
        tx.publish(published.provider_linked(link))
    return len(links)
