"""A backup is one file: whole, or noticed."""

import io
import json
import tarfile
from dataclasses import asdict
from pathlib import Path

import pytest

from coproduce.web.keeping import archive


def contents() -> archive.Contents:
    return archive.Contents("1.0", "2026-03-28T09:00:00+00:00", "sqlite", [("people", "0001")])


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    part = tmp_path / "part"
    part.write_bytes(b"what people gave us. " * 10_000)
    with archive.packing(tmp_path / "a.backup", contents()) as open_archive:
        open_archive.add("media/part", part)
    return tmp_path / "a.backup"


def test_it_says_what_it_holds(packed: Path) -> None:
    found = archive.read_contents(packed)
    assert found.migrations == [("people", "0001")]
    assert list(found.checksums) == ["media/part"]


def test_what_went_in_comes_out(packed: Path, tmp_path: Path) -> None:
    archive.unpack(packed, tmp_path / "out")
    assert (tmp_path / "out/media/part").read_bytes() == (tmp_path / "part").read_bytes()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_one_that_was_cut_off_is_refused(packed: Path, share: float) -> None:
    whole = packed.read_bytes()
    packed.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(archive.Unreadable, match="is not a whole backup of coproduce"):
        archive.read_contents(packed)


def test_one_that_was_damaged_is_refused(packed: Path) -> None:
    damaged = bytearray(packed.read_bytes())
    damaged[5_000] ^= 1
    packed.write_bytes(damaged)
    with pytest.raises(archive.Unreadable, match="damaged on the way: media/part"):
        archive.read_contents(packed)


def test_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a backup. " * 1_000)
    with pytest.raises(archive.Unreadable, match="is not a whole backup"):
        archive.read_contents(tmp_path / "notes.txt")
    with pytest.raises(archive.Unreadable, match="There is no file"):
        archive.read_contents(tmp_path / "nowhere")


def test_one_of_another_format_is_refused(tmp_path: Path) -> None:
    later = contents()
    later.format = 2
    _write(tmp_path / "later.backup", {"contents.json": json.dumps(asdict(later)).encode()})
    with pytest.raises(archive.Unreadable, match="its format is 2; this version reads 1"):
        archive.read_contents(tmp_path / "later.backup")


def test_a_part_that_reaches_outside_is_not_unpacked(tmp_path: Path) -> None:
    _write(tmp_path / "evil.backup", {"../outside": b"x"})
    with pytest.raises(archive.Unreadable, match="which no backup of ours does"):
        archive.unpack(tmp_path / "evil.backup", tmp_path / "out")
    assert not (tmp_path / "outside").exists()


def test_a_link_in_it_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "link.backup", "w") as tar:
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(archive.Unreadable, match="is no file"):
        archive.read_contents(tmp_path / "link.backup")


def test_nothing_is_left_where_packing_fails(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError),
        archive.packing(tmp_path / "b.backup", contents()) as open_archive,
    ):
        open_archive.add("media/gone", tmp_path / "gone")
    assert list(tmp_path.iterdir()) == []


def _write(path: Path, parts: dict[str, bytes]) -> None:
    with tarfile.open(path, "w") as tar:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
