"""From a file's bytes to plain lines of text, or the reason why it is no answer sheet."""

import codecs

from examgen.answers.sheets.sheet import SheetFault

LARGEST = 1_000_000
LARGEST_TABLE = 4_000_000
BINARY = {
    b"PK\x03\x04": "a zip archive (a Word or Excel file?)",
    b"%PDF": "a PDF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a Rich Text file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNS = str.maketrans(
    {
        "\xa0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u3000": " ",
        "\uff1a": ":",
        "\ufe55": ":",
        "\u2236": ":",
        "\uff1d": "=",
        "\uff08": "(",
        "\uff09": ")",
        "\uff0e": ".",
        "\u201c": '"',
        "\u201d": '"',
        "\u2018": "'",
        "\u2019": "'",
        "\ufeff": None,
        "\u200b": None,
    }
)


def decode(data: bytes, largest: int = LARGEST) -> str:
    r"""The text of a sheet with `\n` between its lines."""
    if len(data) > largest:
        raise SheetFault(f"the file has {len(data)} bytes; at most {largest} are read")
    if not data.strip(b" \t\r\n\x00"):
        raise SheetFault("the file is empty")
    for start, what in BINARY.items():
        if data.startswith(start):
            raise SheetFault(f"the file is {what}, not a text file")
    text = decoded(data)
    if "\x00" in text:
        raise SheetFault("the file is not a text file (it contains NUL characters)")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    if not text.strip("\ufeff\u200b \t\n"):
        raise SheetFault("the file is empty")
    return text


def plain_signs(text: str) -> str:
    """The text with look-alikes of `:`, `(` and `"` replaced, and blanks of no width left out."""
    return text.translate(SIGNS)


def decoded(data: bytes) -> str:
    """The text in the encoding that its first bytes tell, else UTF-8, else Windows-1252."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if guess := unmarked_utf16(data):
        return data.decode(guess, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def unmarked_utf16(data: bytes) -> str:
    """The encoding where every other byte is zero, as in UTF-16 without its mark."""
    sample = data[:200]
    if len(sample) < 4 or len(data) % 2:
        return ""
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros.count(0) * 4 > len(zeros) * 3 and sample.count(0) * 4 < len(sample) * 3:
            return encoding
    return ""
