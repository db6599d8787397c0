"""Posts that somebody pasted one after another: an address, who wrote it, what it says.

Nothing is fetched. Each post begins with its address, alone on a line; the next line may name its
author ("@name", or "By: name"); the rest, up to the next address, is what it says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from coproduce.formats.errors import BadFile

MOST = 100
FILE = "What you pasted"
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
AUTHOR = re.compile(r"(?:by|author):\s*(\S.*)|(@\S+)", re.IGNORECASE)
HANDLE = re.compile(r"@[\w.-]+(?:@[\w.-]+)?")


@dataclass(frozen=True)
class Post:
    """One post as it was pasted; the author as far as it can be told."""

    address: str
    author: str
    words: str


def read_posts(text: str) -> tuple[Post, ...]:
    """The posts in what was pasted, in their order; BadFile says in which line what is wrong."""
    blocks = list(_blocks(text))
    if not blocks:
        raise BadFile(
            FILE, None, None, "No address was found. Begin each post with a line like https://..."
        )
    if len(blocks) > MOST:
        raise BadFile(FILE, None, None, f"That is {len(blocks)} posts; {MOST} is the most at once.")
    return tuple(_post(line, address, said) for line, address, said in blocks)


def _blocks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, address and the lines below it, for each address alone on its line."""
    address, begun = "", 0
    said: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if ADDRESS.fullmatch(line.strip()):
            if address:
                yield begun, address, said
            address, begun, said = line.strip(), number, []
        elif address:
            said.append(line)
        elif line.strip():
            raise BadFile(
                FILE,
                None,
                None,
                f"Line {number} comes before any address. Put its post's above it.",
            )
    if address:
        yield begun, address, said


def _post(line: int, address: str, said: list[str]) -> Post:
    lines = "\n".join(said).strip().splitlines()
    author = ""
    if lines and (named := AUTHOR.fullmatch(lines[0].strip())):
        author = next(filter(None, named.groups()))
        lines = lines[1:]
    words = "\n".join(lines).strip()
    if not words:
        raise BadFile(FILE, None, None, f"The post in line {line} has no words below its address.")
    return Post(address, author or _handle(address), words)


def _handle(address: str) -> str:
    """Whose page the address lies under, where it says so: https://there.example/@amina/1."""
    try:
        found = HANDLE.search(urlsplit(address).path)
    except ValueError:
        return ""
    return found[0] if found else ""
