"""Every service is built alike: whoever knows one knows all."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from architecture.source_tree import ROOT, shown, source_files, tree

SERVICES = {
    "certification": ROOT / "services/certification/src/certification",
    "supervision": ROOT / "services/supervision/src/supervision",
    "scoring": ROOT / "services/scoring/src/scoring",
    "doj_gateway": ROOT / "services/doj-gateway/src/doj_gateway",
}
SKELETON = (
    *("__main__.py", "app.py", "consumed.py", "published.py", "service.py", "settings.py"),
    *("worker.py", "domain/duty_rules.py", "storage/migrations/env.py"),
)
METHODS = ("get", "post", "put", "delete")
WHERE_SENT = re.compile(r"^(body|query|path|header)\.")
RULE_NAME = re.compile(r'^([A-Z0-9_]+) = "([a-z0-9-]+)"$', re.MULTILINE)
SAME_THING = {
    *("Case", "Assessment", "Team", "ScoreReceipt"),  # each service's own picture of it
    *("Parts", "Settings"),  # every service has its own, under one name
    "AheadOfLogError",
}
"""Names of classes that stand in two packages for the same thing."""
WRITES = {"insert", "update", "delete", "lock", "lock_all", "lock_subject", "write_soon"} | {
    "publish",
    "audit",
}


def _files(*rooms: str) -> Iterator[Path]:
    for service in SERVICES.values():
        for room in rooms:
            yield from sorted((service / room).rglob("*.py"))


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_every_service_has_the_same_rooms() -> None:
    missing = [
        f"{name}: {part}"
        for name, place in SERVICES.items()
        for part in SKELETON
        if not (place / part).is_file()
    ]

    assert missing == []


def test_the_domain_and_its_users_do_not_say_where_in_a_request_a_field_lay() -> None:
    """The route knows that; the same rule serves a body, a query and an operator's command."""
    found = [
        f"{shown(path)}:{line}: {text}"
        for path in _files("domain", "use_cases", "storage", "partners")
        for line, text in _texts(path)
        if WHERE_SENT.match(text)
    ]

    assert found == []


def test_a_rule_of_the_edition_is_named_in_one_file_of_a_service() -> None:
    """A misspelled name of a rule would open no duty and meet none."""
    names = {
        rule
        for service in SERVICES.values()
        for _, rule in RULE_NAME.findall((service / "domain/duty_rules.py").read_text())
    }

    found = [
        f"{shown(path)}:{line}: {text}"
        for path in _files("domain", "use_cases", "storage", "sender")
        if path.name != "duty_rules.py" and "migrations" not in path.parts
        for line, text in _texts(path)
        if text in names
    ]

    assert found == []


def test_a_route_handler_is_named_by_its_method_and_what_it_serves() -> None:
    """Then it never hides the use case that it calls, which has the operation's own name."""
    found = [
        f"{shown(path)}:{node.lineno}: {node.name}"
        for path in [*_files("api", "pages"), *sorted((ROOT / "shared/src/shared").rglob("*.py"))]
        for node in tree(path).body
        if isinstance(node, ast.AsyncFunctionDef)
        for method in _methods(node)
        if method in METHODS and not node.name.startswith(f"{method}_")
    ]

    assert found == []


def test_what_a_route_or_consumer_takes_from_storage_by_itself_only_reads_or_only_keeps() -> None:
    """What changes something that a person decided, or goes on the audit record, is a use case."""
    found = [
        f"{shown(path)} uses {shown(storage)}: {name} ({', '.join(sorted(acts))})"
        for path in _files("api", "pages", "console")
        for storage, name in _taken_from_storage(path)
        if (acts := WRITES & _acts(storage, name))
    ]

    assert found == []


def test_a_class_name_stands_for_one_thing() -> None:
    """Whoever reads `Notice` need not ask which of four it is. DOJ's simulator is another party."""
    where = defaultdict(list)
    for path in (each for each in source_files() if "doj_simulator" not in each.parts):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and node.name not in SAME_THING:
                where[node.name].append(f"{shown(path)}:{node.lineno}")

    found = {name: places for name, places in where.items() if len(places) > 1}

    assert found == {}


def _methods(handler: ast.AsyncFunctionDef) -> Iterator[str]:
    for each in handler.decorator_list:
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
            yield each.func.attr


def _taken_from_storage(path: Path) -> Iterator[tuple[Path, str]]:
    """The functions of storage that a file uses, with the file where each is."""
    modules: dict[str, Path] = {}
    for folder, name in _imported_from_storage(path):
        if folder.is_dir():
            modules[name] = folder / f"{name}.py"
        else:
            yield folder.with_suffix(".py"), name
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield modules.get(node.value.id, path), node.attr


def _imported_from_storage(path: Path) -> Iterator[tuple[Path, str]]:
    """The names that a file imports from its service's storage, with the place of each."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            package, _, rest = node.module.partition(".")
            if package in SERVICES and rest.partition(".")[0] == "storage":
                place = SERVICES[package] / rest.replace(".", "/")
                yield from ((place, each.name) for each in node.names)


def _acts(file: Path, name: str) -> set[str]:
    """What a function of a file calls, itself or through others of that file."""
    found = {
        node.name: node
        for node in tree(file).body
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)
    }
    acts: set[str] = set()
    waiting = {name} & found.keys()
    while waiting:
        called = set(_called(found.pop(waiting.pop())))
        acts |= called
        waiting |= called & found.keys()
    return acts


def _called(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
