"""Parses YAML to nodes that know their line; a repeated key in a mapping is refused.

The usual loaders return plain values: the line is lost, and the second of two equal keys silently
wins. The price here is that each value must be read from its node.
"""

from collections.abc import Iterator, Mapping

import yaml
from yaml.reader import ReaderError

NULL = "tag:yaml.org,2002:null"


class YamlRefusedError(Exception):
    """The text is not valid YAML; the message contains file, line and reason."""


class Node:
    """One value of the file, not yet read."""

    def __init__(self, composed: yaml.Node) -> None:
        self.composed = composed

    @property
    def line(self) -> int:
        """The line on which it begins, from 1."""
        return int(self.composed.start_mark.line) + 1

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.composed, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.composed, yaml.SequenceNode)

    @property
    def is_null(self) -> bool:
        """Whether it is null."""
        return bool(self.composed.tag == NULL)

    def entries(self) -> Mapping[str, "Node"]:
        """Return the keys and values of a mapping, in order."""
        return {str(key.value): Node(value) for key, value in self.composed.value}

    def items(self) -> Iterator["Node"]:
        """Return the items of a list."""
        return (Node(each) for each in self.composed.value)


class YamlDocument:
    """One parsed file."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        try:
            self._loader = yaml.SafeLoader(text)
            composed = self._loader.get_single_node()
        except ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            said = f"{name}, line {line}: not valid YAML: {error.reason}"
            raise YamlRefusedError(said) from error
        except yaml.YAMLError as error:
            raise YamlRefusedError(_said(name, error)) from error
        if composed is None:
            raise YamlRefusedError(f"{name}, line 1: the file is empty")
        self._checked: set[int] = set()
        try:
            self._check(composed)
        except yaml.YAMLError as error:
            raise YamlRefusedError(_said(name, error)) from error
        self.root = Node(composed)

    def value(self, node: Node) -> object:
        """Read a node's value."""
        try:
            return self._loader.construct_object(node.composed, deep=True)
        except yaml.YAMLError as error:
            raise YamlRefusedError(_said(self.name, error)) from error
        except ValueError as error:  # a date that the calendar does not have
            raise YamlRefusedError(f"{self.name}, line {node.line}: {error}") from error

    def _check(self, composed: yaml.Node) -> None:
        """Refuse repeated keys, then apply `<<` merges; each anchor is visited once."""
        if id(composed) in self._checked or isinstance(composed, yaml.ScalarNode):
            return
        self._checked.add(id(composed))
        if isinstance(composed, yaml.MappingNode):
            self._check_keys(composed)
            below = [value for _, value in composed.value]
        else:
            below = composed.value
        for each in below:
            self._check(each)
        if isinstance(composed, yaml.MappingNode):
            self._loader.flatten_mapping(composed)

    def _check_keys(self, composed: yaml.MappingNode) -> None:
        seen: dict[str, int] = {}
        for key, _ in composed.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise YamlRefusedError(f"{self.name}, line {line}: a key must be a text")
            if key.value in seen:
                raise YamlRefusedError(
                    f"{self.name}, line {line}: the key {key.value} is used twice, first on "
                    f"line {seen[key.value]}"
                )
            seen[key.value] = line


def _said(name: str, error: yaml.YAMLError) -> str:
    """The parser's message on one line."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    line = f", line {mark.line + 1}" if mark is not None else ""
    return f"{name}{line}: not valid YAML: {problem}"
