"""Which small errors are made of a piece of code, and which would be senseless."""

from mutants.places import SyntaxFile

USE_CASE = '''
"""A thing is decided."""
LOG = get_logger()
Known = dict[str, int] | None

async def decide(tx: Transaction | None, known: Known) -> Thing:
    """Decide it."""
    if known:
        raise ConflictError("it is known", code="known")
    LOG.info("decided", thing=True)
    await things.insert(tx, known, at=tx.now)
    rows = select(THINGS).where(THINGS.c.a, THINGS.c.b)
    return [row for row in rows if row.is_open]
'''


def changes(source: str) -> list[tuple[str, str]]:
    syntax = SyntaxFile("things.py", source)
    return [(mutant.was, mutant.becomes) for mutant in syntax.mutants("")]


def test_a_use_case_loses_its_calls_its_refusals_its_branches_and_its_conditions() -> None:
    found = changes(USE_CASE)

    assert {
        ("await things.insert(tx, known, at=tx.now)", "pass"),
        ("await things.insert(tx, known, at=tx.now)", "await things.insert(tx, known, )"),
        ('raise ConflictError("it is known", code="known")', "pass"),
        ("if known:", "if (known) and False:"),
        ("if known:", "if (known) or True:"),
        (
            "rows = select(THINGS).where(THINGS.c.a, THINGS.c.b)",
            "rows = select(THINGS).where(THINGS.c.b)",
        ),
        (
            "return [row for row in rows if row.is_open]",
            "return [row for row in rows]",
        ),
    } <= set(found)


def test_what_says_something_to_people_or_to_a_type_checker_alone_stays() -> None:
    lines = {was for was, _ in changes(USE_CASE)}

    assert not {line for line in lines if "LOG.info" in line or "Decide it" in line}
    assert "Known = dict[str, int] | None" not in lines
    assert not {line for line in lines if line.startswith("async def")}


def test_a_comparison_and_a_table_are_changed() -> None:
    assert changes("IN = {A, B}\nis_late = a < b\n") == [
        ("IN = {A, B}", "IN = None"),
        ("IN = {A, B}", "IN = {B}"),
        ("IN = {A, B}", "IN = {A, }"),
        ("is_late = a < b", "is_late = None"),
        ("is_late = a < b", "is_late = a <= b"),
    ]
