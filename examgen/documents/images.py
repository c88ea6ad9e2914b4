"""An instructor's own images: those that pages name go along, or into the page itself."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

from examgen.faults import Fault, alternatives

Images = Mapping[str, bytes]
"""Images by their paths beside the page that names them."""
FOLDER = "images"
NAMED = re.compile(rf"\b{FOLDER}/([A-Za-z0-9_-]+\.(?:png|jpe?g|pdf|svg))\b")
"""How a page names one; a name with no more dots or slashes leads nowhere else."""
TYPES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "svg": "svg+xml"}
"""What browsers show."""


def images_of(templates: Path | None, pages: Iterable[str]) -> Images:
    """The images in the folder of own skeletons that *pages* name."""
    if templates is None:
        return {}
    names = sorted({name for page in pages for name in NAMED.findall(page)})
    return {f"{FOLDER}/{name}": read(templates, name) for name in names}


def data_uri(templates: Path, path: str) -> str:
    """An image as the address of an <img>, so that the page remains one file."""
    named = NAMED.fullmatch(path)
    kind = path.rpartition(".")[2]
    if named is None or kind not in TYPES:
        raise Fault(f"the image {path!r}", "no browser shows it", "images/NAME.png, .jpg or .svg")
    return f"data:image/{TYPES[kind]};base64,{b64encode(read(templates, named[1])).decode()}"


def read(templates: Path, name: str) -> bytes:
    """One image of the folder."""
    folder = templates / FOLDER
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        there = [path.name for path in folder.glob("*")]
        raise Fault(str(folder / name), "no such image", alternatives(name, there)) from error


def put_beside(images: Images, folder: Path) -> None:
    """Write the images where an engine finds them."""
    for path, content in images.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
