"""Gradebooks of large classes, made from one of a small class that was graded."""

from __future__ import annotations

import sqlite3
from itertools import cycle, islice
from pathlib import Path


def enlarge(small: Path, large: Path, count: int) -> None:
    """A gradebook of so many students, who did what those of *small* did, over and over."""
    large.unlink(missing_ok=True)
    with sqlite3.connect(small) as source, sqlite3.connect(large) as book:
        source.backup(book)
        columns = [row[1] for row in book.execute("PRAGMA table_info(submission)")]
        rows = book.execute("SELECT * FROM submission")
        found = [dict(zip(columns, row, strict=True)) for row in rows]
        marks: dict[int, list[tuple[object, ...]]] = {}
        for number, *mark in book.execute("SELECT * FROM mark ORDER BY submission, position"):
            marks.setdefault(number, []).append(tuple(mark))
        book.execute("DELETE FROM mark")
        book.execute("DELETE FROM submission")
        places = ", ".join(f":{name}" for name in columns)
        for number, sheet in enumerate(islice(cycle(found), count), 1):
            name = f"student{number}"
            own = {"id": number, "student": name, "written_id": name, "base": f"{name}.txt"}
            book.execute(f"INSERT INTO submission VALUES ({places})", {**sheet, **own})
            book.executemany(
                f"INSERT INTO mark VALUES ({', '.join('?' * 11)})",
                [(number, *mark) for mark in marks.get(sheet["id"], [])],
            )
    source.close()
    book.close()
