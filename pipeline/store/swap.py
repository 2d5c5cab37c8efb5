"""Two files that change names in one step, where the system can do that.

Whoever replaces a file by renaming another over it cannot know what it replaced: between
the last look and the rename somebody may have saved. After a swap the former file is still
there, under the other name, and can be looked at.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = {"linux": -100, "darwin": -2}
_EXCHANGE = 2  # RENAME_EXCHANGE in <linux/fs.h>, RENAME_SWAP in <sys/stdio.h>
_CALLS = {"linux": "renameat2", "darwin": "renameatx_np"}
_CANNOT = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


def swapped(one: Path, two: Path) -> bool:
    """Let two files of a folder change names; False if this system or disk cannot.

    Raises:
        OSError: one of them is not there, or the disk failed; nothing was changed.
    """
    import ctypes

    here = _AT_FDCWD.get(sys.platform)
    call = getattr(ctypes.CDLL(None, use_errno=True), _CALLS[sys.platform], None) if here else None
    if call is None:
        return False
    if call(here, os.fsencode(one), here, os.fsencode(two), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(two))
