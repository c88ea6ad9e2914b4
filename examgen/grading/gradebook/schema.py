"""The gradebook's tables, and opening it: refused where it is none, newer, broken or locked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from examgen.faults import Fault

APPLICATION = 0x45584742
"""SQLite's application id of a gradebook: "EXGB"."""
VERSION = 2
PATIENCE = 30.0
"""Seconds to wait for another examgen that is writing."""
DECISIONS = """
CREATE TABLE manual (          -- a person's mark; it stands whatever is marked anew
  student TEXT NOT NULL,
  exam TEXT NOT NULL,
  label TEXT NOT NULL,
  response TEXT NOT NULL,      -- what the person saw
  points TEXT NOT NULL,
  comment TEXT NOT NULL,
  who TEXT NOT NULL,
  PRIMARY KEY (student, exam, label, response)
) WITHOUT ROWID;
CREATE TABLE ruling (          -- a decision, for the whole class or one form
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('drop', 'accept', 'correct', 'counting', 'due', 'late')),
  label TEXT NOT NULL,         -- '' where it is about all sheets
  form TEXT NOT NULL,          -- '' for all forms
  student TEXT NOT NULL,       -- '' for all students
  answer TEXT NOT NULL,        -- accepted or corrected; '' for a dropped part; else what was set
  may_lose INTEGER NOT NULL,   -- of a corrected key: whether the printed answer is now wrong
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  decided TEXT NOT NULL        -- when, ISO 8601 in UTC; '' where that was not noted
);
CREATE TABLE taken_back (      -- a decision that is no more in force
  ruling INTEGER PRIMARY KEY REFERENCES ruling,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  decided TEXT NOT NULL
);
"""
TABLES = """
CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  exam TEXT NOT NULL,         -- the form's exam id
  form TEXT NOT NULL,
  student TEXT NOT NULL,      -- the id, else the name, else the file's name
  written_id TEXT NOT NULL,   -- what stands on the sheet
  name TEXT NOT NULL,
  file TEXT NOT NULL,         -- the path as it was handed in; `a.csv#3` is the third sheet of a.csv
  base TEXT NOT NULL,         -- its last part, without the number of a sheet
  sha256 TEXT NOT NULL,       -- of the sheet's raw text
  raw BLOB NOT NULL,          -- the file; of a file with several sheets this one's answers as JSON
  responses TEXT NOT NULL,    -- JSON: label -> raw text
  warnings TEXT NOT NULL,     -- JSON list
  received TEXT NOT NULL,     -- when it was handed in, ISO 8601 in UTC; '' where nothing tells
  marked_with TEXT,           -- fingerprint of the key and the rulings; NULL: not marked yet
  UNIQUE (exam, student, base, sha256)
);
CREATE INDEX of_student ON submission (student, received, id);
CREATE TABLE mark (
  submission INTEGER NOT NULL REFERENCES submission ON DELETE CASCADE,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  verdict TEXT NOT NULL,
  points TEXT NOT NULL,       -- exact, as in 7/2
  possible INTEGER NOT NULL,
  read TEXT NOT NULL,
  reason TEXT NOT NULL,
  misconceptions TEXT NOT NULL,  -- JSON list
  feedback TEXT NOT NULL,
  going_on TEXT NOT NULL,
  PRIMARY KEY (submission, position)
) WITHOUT ROWID;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
FROM_1 = f"""
ALTER TABLE ruling RENAME TO ruling_1;
ALTER TABLE manual RENAME TO manual_1;
{DECISIONS}
INSERT INTO ruling SELECT id, kind, label, form, '', answer, may_lose, who, why, '' FROM ruling_1;
DROP TABLE ruling_1;
INSERT INTO manual SELECT * FROM manual_1;
DROP TABLE manual_1;
INSERT INTO ruling (kind, label, form, student, answer, may_lose, who, why, decided)
  SELECT name, '', '', '', value, 0, '', '', '' FROM setting
  WHERE (name, value) IN (VALUES ('counting', 'best')) OR name = 'due' AND value <> ''
    OR name = 'late' AND value <> '0';
DELETE FROM setting WHERE name IN ('counting', 'due', 'late');
"""
"""From schema 1, which knew neither when something was decided nor who set the terms, and of each
answer of a student only one mark by hand, whichever attempt it was in."""


@contextmanager
def open_gradebook(path: Path, *, exam: str) -> Iterator[sqlite3.Connection]:
    """The gradebook at *path* of the exam with this id; made where there is none.

    The connection is in autocommit mode: what belongs together goes into `transaction`. Raises
    `Fault` where the file is no gradebook, one of a newer examgen, of another exam, broken, locked
    for long or in a folder that cannot be written.
    """
    with told(path):
        make_folder(path)
        book = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            book.execute("PRAGMA journal_mode = WAL")
            book.execute("PRAGMA synchronous = NORMAL")
            book.execute("PRAGMA foreign_keys = ON")
            prepare(book, path, exam)
            yield book
        finally:
            book.close()


def looked_into(path: Path) -> tuple[str, bool]:
    """Which exam the gradebook at *path* is for, and whether anything was graded or decided in it.

    Of a file that is no gradebook the exam is "", and it may hold anything.
    """
    try:
        with closing(sqlite3.connect(path)) as book:
            (exam,) = book.execute("SELECT value FROM setting WHERE name = 'exam'").fetchone()
            tables = ("submission", "ruling")
            return exam, any(book.execute(f"SELECT 1 FROM {each}").fetchone() for each in tables)
    except (sqlite3.Error, TypeError):
        return "", True


def files_of(path: Path) -> tuple[Path, ...]:
    """The files that the gradebook at *path* consists of while it is open."""
    return tuple(path.with_name(f"{path.name}{ending}") for ending in ("", "-wal", "-shm"))


def make_folder(path: Path) -> None:
    """Make the folder that a new gradebook is to lie in."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        found = f"its folder cannot be made ({error.strerror})"
        raise Fault(str(path), found, "a folder of yours") from error


def prepare(book: sqlite3.Connection, path: Path, exam: str) -> None:
    """Make the tables, or check that they are this exam's, whole, and of a known schema."""
    with transaction(book):
        application, version = number(book, "application_id"), number(book, "user_version")
        if (application, version) == (0, 0) and not book.execute(
            "SELECT 1 FROM sqlite_schema"
        ).fetchone():
            run_all(book, TABLES + DECISIONS)
            book.execute(f"PRAGMA application_id = {APPLICATION}")
            book.execute(f"PRAGMA user_version = {VERSION}")
            book.execute("INSERT INTO setting VALUES ('exam', ?)", (exam,))
        elif (application, version) == (APPLICATION, 1):
            check_owner(book, path, exam)
            run_all(book, FROM_1)
            book.execute(f"PRAGMA user_version = {VERSION}")
    if number(book, "application_id") != APPLICATION:
        raise Fault(str(path), "it is a database, but no gradebook", "move it away")
    if version > VERSION:
        found = f"it was written by a newer examgen (schema {version}, this one knows {VERSION})"
        raise Fault(str(path), found, "that examgen; nothing was touched")
    check_owner(book, path, exam)


def run_all(book: sqlite3.Connection, statements: str) -> None:
    """Run statements one by one: SQLite's own way would end the transaction."""
    for statement in statements.split(";\n"):
        book.execute(statement)


def check_owner(book: sqlite3.Connection, path: Path, exam: str) -> None:
    """Refuse the gradebook of another exam."""
    (owner,) = book.execute("SELECT value FROM setting WHERE name = 'exam'").fetchone()
    if owner != exam:
        found = f"it is the gradebook of exam {owner}, not of {exam}"
        raise Fault(str(path), found, "move it away, or --gradebook FILE for one of its own")


def number(book: sqlite3.Connection, pragma: str) -> int:
    """A number in the database's head."""
    return int(book.execute(f"PRAGMA {pragma}").fetchone()[0])


@contextmanager
def transaction(book: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; the only writer from the first statement on."""
    book.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        book.execute("ROLLBACK")
        raise
    book.execute("COMMIT")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Faults in words for what SQLite finds."""
    try:
        yield
    except sqlite3.OperationalError as error:
        message = str(error)
        if "locked" in message or "busy" in message:
            cure = "wait until the other examgen is done, and run it again: nothing is lost"
        elif "full" in message or "I/O" in message:  # of a full disk SQLite may say either
            cure = "room on the disk, and run it again: what was marked so far is kept"
        else:
            cure = "a folder that you may write to, or --gradebook FILE elsewhere"
        raise Fault(str(path), f"the gradebook cannot be used ({message})", cure) from error
    except sqlite3.DatabaseError as error:
        cure = "restore a copy of it, or move it away: grading again makes a new one"
        raise Fault(str(path), f"it is no whole gradebook ({error})", cure) from error
