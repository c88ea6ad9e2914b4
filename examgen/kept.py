"""Caches of functions, for arguments that are the same objects, not merely equal ones.

Items and pages are compared field by field, which takes about as long as writing them again, and
some cannot be hashed. Where arguments are cheap to compare, `functools.lru_cache` does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar
from weakref import ref

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def kept(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returned for its latest arguments, and the arguments with it.

    They are given by position, and not changed afterwards. Between *most* and twice as many
    results are kept: the older half goes all at once, which takes no bookkeeping of each use.
    """

    def keep(function: Callable[P, R]) -> Callable[P, R]:
        latest: dict[tuple[int, ...], tuple[object, R]] = {}
        before: dict[tuple[int, ...], tuple[object, R]] = {}

        @wraps(function)
        def keeping(*args: P.args, **none: P.kwargs) -> R:
            nonlocal latest, before
            place = tuple(map(id, args))
            known = latest.get(place)
            if known is None:
                # The arguments are held, so that nothing else can come to have their place.
                known = before.pop(place, None) or (args, function(*args, **none))
                if len(latest) >= most:
                    latest, before = {}, latest
                latest[place] = known
            return known[1]

        return keeping

    return keep


def kept_with(function: Callable[[T], R]) -> Callable[[T], R]:
    """Keep what a function returned for an object in the object itself, as long as it lives."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def keeping(one: T) -> R:
        found: R | None = one.__dict__.get(name)
        if found is None:
            found = one.__dict__[name] = function(one)
        return found

    return keeping


def kept_along(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function returned as long as all its arguments live; it must hold none of them.

    For results that are wanted again only while somebody holds the arguments, as a class holds the
    variants of its forms: of an exam that nobody needs any more, nothing stays in memory.
    """
    found: dict[tuple[int, ...], tuple[object, R]] = {}

    @wraps(function)
    def keeping(*args: P.args, **none: P.kwargs) -> R:
        place = tuple(map(id, args))
        known = found.get(place)
        if known is None:

            def forget(_: object) -> None:
                found.pop(place, None)

            held = [each if isinstance(each, str) else ref(each, forget) for each in args]
            known = found[place] = held, function(*args, **none)
        return known[1]

    return keeping


@lru_cache(maxsize=1024)
def interned(value: T) -> T:
    """The same object for equal values, so that what was kept for one is found for the others."""
    return value
