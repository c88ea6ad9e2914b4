"""Streams of chance: each named by what it decides, so that none disturbs another."""

import json
from random import Random


def stream(*names: str | int) -> Random:
    """The stream of this name.

    A list is written as JSON because joined strings collide ("a/1" + "2" is "a" + "1/2"). Only
    `random`, `randint`, `choice`, `sample` and `shuffle` are used on it: they give the same on
    every supported Python.
    """
    return Random(json.dumps(names))
