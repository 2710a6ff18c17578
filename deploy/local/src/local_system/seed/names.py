"""Invented names of programs and people."""

from random import Random

PLACES = (
    *("River", "Valley", "Ridge", "Harbor", "Meadow", "Canyon", "Coast", "Summit", "Mission"),
    *("Orchard", "Delta", "Foothill", "Bay", "Redwood", "Mesa", "Lakeside", "Prairie", "Cedar"),
)
WORDS = ("Bridge", "Crossing", "Path", "Point", "Gate", "View", "Springs", "Commons", "Grove")
KINDS = (
    *("Treatment Program", "Counseling Center", "Behavioral Health", "Community Services"),
    *("Clinical Associates", "Forensic Services", "Recovery and Safety", "Psychology Group"),
)
GIVEN = (
    *("Ana", "Avery", "Beth", "Carmen", "Dana", "Elias", "Farah", "Grace", "Hugo", "Imani"),
    *("Jonas", "Kai", "Lena", "Marco", "Nadia", "Omar", "Priya", "Quinn", "Rosa", "Samir"),
    *("Tessa", "Uma", "Victor", "Wen", "Ximena", "Yara", "Zane"),
)
FAMILY = (
    *("Abara", "Brandt", "Castillo", "Dimas", "Eckert", "Fonseca", "Garrity", "Holloway"),
    *("Ibarra", "Jansen", "Kimura", "Lindqvist", "Medrano", "Novak", "Okafor", "Pereira"),
    *("Quigley", "Rivas", "Sandoval", "Tran", "Urbina", "Vasquez", "Whitfield", "Yoder", "Zamora"),
)


def program_name(random: Random) -> str:
    """Such as `Cedar Bridge Counseling Center`."""
    return f"{random.choice(PLACES)} {random.choice(WORDS)} {random.choice(KINDS)}"


def person_name(random: Random) -> str:
    """Such as `Rosa Lindqvist`."""
    return f"{random.choice(GIVEN)} {random.choice(FAMILY)}"
