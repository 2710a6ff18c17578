"""Folding of holders' names for search and comparison, as `shared.identity.names` does it."""

from shared.identity.names import SUFFIXES, fold_organization_words


def folded_program_name(name: str) -> str:
    """Fold a program's name word by word: `Saint Søren's & Sons` is `saint sorens and sons`.

    Programs are sorted by it, and found by parts of it without its spaces.
    """
    return " ".join(fold_organization_words(name))


def folded_provider_name(name: str) -> str:
    """Fold a person's name, words in alphabetical order: `PEÑA, José` is `jose pena`."""
    return " ".join(sorted(set(fold_organization_words(name)) - SUFFIXES))
