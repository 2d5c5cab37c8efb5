"""A zip that comes from outside → its files, each only within limits; and files → a zip.

Nothing is ever unpacked to the disk. The whole list of names is judged before the first
byte is unpacked, and a file is unpacked only when it is asked for.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from pipeline.errors import UnreadableError
from pipeline.model import Where
from pipeline.store.files import read_bytes

MAX_FILES = 5_000
MAX_FILE = 16 * 2**20  # bytes of one file, unpacked
MAX_TOTAL = 128 * 2**20
MAX_RATIO = 150  # a catalog shrinks to a tenth, a file of zeros to a thousandth
_SMALL = 64 * 1024  # bytes below which the ratio says nothing
_ENTRY = b"PK\x01\x02"  # what each line of a zip's list of names begins with
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
# what desktops and editors leave behind; it is never opened
_LITTER = re.compile(r"(.*/)?(__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|[^/]+\.mo|[^/]+~)")
_ENCRYPTED = 0x1 | 0x40  # and strongly encrypted
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError,
    IndexError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kit:
    """The files of a zip by their names, without the folder that holds them all, if any."""

    path: str  # as messages show it
    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    litter: tuple[str, ...] = field(default=())  # names that were passed over

    def where(self, name: str, line: int = 0) -> Where:
        """A place inside the zip: `kit.zip!/de_DE/guide.po:12`."""
        return Where(f"{self.path}!/{name}", line)

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            UnreadableError: they are damaged, or more than the list of names promised.
        """
        member = self.members[name]
        try:
            with self.archive.open(member) as file:
                content = file.read(member.file_size + 1)
        except _BROKEN as error:
            raise _refused("this file of the zip is damaged", self.where(name)) from error
        if len(content) != member.file_size:
            raise _refused("this file is not as long as the zip says", self.where(name))
        return content


def open_kit(path: Path) -> Kit:
    """The files of the zip at `path`, all of them judged by name, kind and size.

    Raises:
        UnreadableError: it is no zip, or not to be trusted; every reason, each with its place.
    """
    shown = path.name
    content = read_bytes(path, shown)
    if content.count(_ENTRY) > MAX_FILES:
        raise _refused(f"this zip has over {MAX_FILES} files", Where(shown))
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except _BROKEN as error:
        raise _refused("this is not a zip that can be read", Where(shown)) from error
    members = [member for member in archive.infolist() if not _is_folder(member)]
    litter = tuple(m.filename for m in members if _LITTER.fullmatch(m.filename))
    members = [member for member in members if member.filename not in litter]
    faults = [*_faults(members, shown)]
    if faults:
        raise UnreadableError.of(tuple(f for error in faults for f in error.as_findings()))
    top = _folder(members)
    return Kit(shown, archive, {m.filename.removeprefix(top): m for m in members}, litter)


def _is_folder(member: zipfile.ZipInfo) -> bool:
    return member.is_dir() and not member.file_size


def _folder(members: list[zipfile.ZipInfo]) -> str:
    """The one folder that everything lies in: how desktops zip a folder."""
    tops = {member.filename.partition("/")[0] for member in members}
    inside = all("/" in member.filename for member in members)
    return f"{tops.pop()}/" if len(tops) == 1 and inside else ""


def _faults(members: list[zipfile.ZipInfo], shown: str) -> Iterator[UnreadableError]:
    """What speaks against a zip."""
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        yield _refused(f"this zip unpacks to over {MAX_TOTAL // 2**20} MiB", Where(shown))
    top = _folder(members)
    seen: set[str] = set()
    for member in members:
        name = member.filename.removeprefix(top)
        problem = _problem(member, name, top)
        if not problem and name.casefold() in seen:
            problem = "this name stands twice"
        seen.add(name.casefold())
        if problem:
            told = name[:100].encode("unicode_escape").decode()
            yield _refused(problem, Where(f"{shown}!/{told}"))


def _problem(member: zipfile.ZipInfo, name: str, top: str) -> str:
    """What is wrong with one file, "" if nothing is."""
    mode = member.external_attr >> 16
    if "\0" in member.orig_filename or not _NAME.fullmatch(name) or not _is_plain(top):
        return "no file of a kit has such a name"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "this is a link or a device, not a file"
    if member.flag_bits & _ENCRYPTED:
        return "this file is encrypted"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "this file is compressed in an unusual way"
    if member.file_size > MAX_FILE:
        return f"this file is larger than {MAX_FILE // 2**20} MiB"
    if member.file_size > max(_SMALL, MAX_RATIO * member.compress_size):
        return "this file unpacks to far more than any real one"
    return ""


def _is_plain(top: str) -> bool:
    return not top.startswith(".") and top.isprintable() and "\\" not in top and ":" not in top


def _refused(problem: str, where: Where) -> UnreadableError:
    hint = "ask for the kit as a plain zip of the files that were sent"
    return UnreadableError(problem, where, hint, "handoff-zip")


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files in the order of their names; equal files give an equal zip."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, files[name], zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
