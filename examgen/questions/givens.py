"""Givens as plain data and back, field by field from their types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from fractions import Fraction
from typing import Any, get_args, get_type_hints

import numpy as np
from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.strategies import configure_tagged_union
from cattrs.v import format_exception

from examgen import answers
from examgen.exact import Array, Closed, Exact, Shape, array
from examgen.faults import Fault

Pair = int | tuple[int, int]
CONVERTERS: dict[type[Any], Converter] = {}


def write_givens(givens: Any) -> dict[str, Any]:
    """The givens as JSON can hold them: exact numbers as text, arrays as nested lists."""
    data: dict[str, Any] = with_lists(converter(type(givens)).unstructure(givens))
    return data


def with_lists(data: Any) -> Any:
    """The same data with lists for tuples, as JSON gives them back."""
    if isinstance(data, dict):
        return {key: with_lists(each) for key, each in data.items()}
    if isinstance(data, list | tuple):
        return [with_lists(each) for each in data]
    return data


def read_givens(kind: type[Any], data: Any) -> Any:
    """The givens of the decorated class *kind* that `write_givens` wrote as *data*.

    Raises `Fault` when the data are not those of this class.
    """
    try:
        return converter(kind).structure(data, kind)
    except (BaseValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        found = "; ".join(transform_error(error, path="givens", format_exception=what_is_wrong))
        raise Fault(kind.__module__, found, "the fields this family declares") from error


def what_is_wrong(error: BaseException, kind: type[Any] | None) -> str:
    """What a reader below says of a value; what cattrs finds itself, it words itself."""
    of_a_reader = type(error) in (ValueError, TypeError) and "not iterable" not in str(error)
    return str(error) if of_a_reader else format_exception(error, kind)


def converter(kind: type[Any]) -> Converter:
    """The converter for the givens of *kind*, made once."""
    if kind not in CONVERTERS:
        CONVERTERS[kind] = make_converter(kind)
    return CONVERTERS[kind]


def make_converter(kind: type[Any]) -> Converter:
    """A converter for the givens of *kind*: alternatives among records are tagged."""
    cattrs_converter = Converter(forbid_extra_keys=True)
    cattrs_converter.register_unstructure_hook(Fraction, write_number)
    cattrs_converter.register_unstructure_hook(Closed, write_number)
    cattrs_converter.register_unstructure_hook(np.ndarray, write_array)
    cattrs_converter.register_unstructure_hook(Shape, list)
    cattrs_converter.register_structure_hook(bool, lambda data, _: read_flag(data))
    cattrs_converter.register_structure_hook(int, lambda data, _: read_integer(data))
    cattrs_converter.register_structure_hook(Fraction, lambda data, _: read_number(data))
    cattrs_converter.register_structure_hook(Shape, lambda data, _: Shape(data))
    cattrs_converter.register_structure_hook(Pair, lambda data, _: read_pair(data))
    cattrs_converter.register_structure_hook(
        Pair | None, lambda data, _: None if data is None else read_pair(data)
    )
    cattrs_converter.register_structure_hook_func(
        lambda hint: hint == Exact, lambda data, _: read_number(data)
    )
    cattrs_converter.register_unstructure_hook_func(lambda hint: hint == Exact, write_number)
    cattrs_converter.register_structure_hook_func(
        lambda hint: hint == Array, lambda data, _: read_array(data)
    )
    cattrs_converter.register_unstructure_hook_func(lambda hint: hint == Array, write_array)
    for choice in choices_of_records(kind):
        configure_tagged_union(choice, cattrs_converter, tag_name="kind")
    return cattrs_converter


def choices_of_records(kind: Any) -> Iterator[Any]:
    """The unions of dataclasses that the fields of *kind* mention."""
    pending = list(get_type_hints(kind).values())
    while pending:
        hint = pending.pop()
        alternatives = get_args(hint)
        if alternatives and all(is_dataclass(each) for each in alternatives):
            yield hint
        pending.extend(alternatives)


def write_number(value: Any) -> int | str:
    """An integer as it is, any other exact number in the notation a student would type."""
    return value if isinstance(value, int) else answers.plain(value)


def read_number(data: Any) -> Any:
    """The exact number that `write_number` wrote."""
    return read_integer(data) if isinstance(data, int) else answers.kind("closed").parse(data)


def read_integer(data: Any) -> int:
    """An integer and nothing that only looks like one."""
    if type(data) is not int:
        raise TypeError(f"{data!r} is not an integer")
    return data


def read_flag(data: Any) -> bool:
    """True or false and nothing that only counts as one."""
    if type(data) is not bool:
        raise TypeError(f"{data!r} is neither true nor false")
    return data


def read_pair(data: Any) -> Pair:
    """One size for both axes, or a size for each."""
    if isinstance(data, int):
        return data
    first, second = data
    return read_integer(first), read_integer(second)


def write_array(values: Any) -> Any:
    """An array as nested lists."""
    return written(values.tolist() if isinstance(values, np.ndarray) else values)


def written(values: Any) -> Any:
    """Nested lists with their numbers written."""
    if isinstance(values, list | tuple):
        return [written(each) for each in values]
    return write_number(values)


def read_array(data: Any) -> Array:
    """The array of these nested lists."""
    return array(nested(data))


def nested(data: Any) -> Any:
    """Nested lists with their numbers read."""
    return [nested(each) for each in data] if isinstance(data, list) else read_number(data)
