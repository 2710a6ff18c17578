"""How the names of holders are found and told apart: folded, as `shared.identity.names` folds."""

from shared.identity.names import SUFFIXES, fold_organization_words


def folded_program_name(name: str) -> str:
    """Fold a program's name word by word: `Saint Søren's & Sons` is `saint sorens and sons`.

    Programs are sorted by it, and found by parts of it without its blanks.
    """
    return " ".join(fold_organization_words(name))


def folded_provider_name(name: str) -> str:
    """Fold a person's name in the order of the alphabet: `PEÑA, José` is `jose pena` too."""
    return " ".join(sorted(set(fold_organization_words(name)) - SUFFIXES))
