"""Turns an error of the operating system into an InputError: where, what is wrong, what to do.

>>> print(system_error(OSError(28, "No space left on device"), "report.html"))
report.html: No space left on device. Free some space, or write to another disk.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from .errors import InputError

_REMEDIES: Mapping[str, tuple[int, ...]] = {
    "Free some space, or write to another disk.": (errno.ENOSPC, errno.EDQUOT),
    "Check the path and its permissions.": (errno.EACCES, errno.EPERM, errno.EROFS),
    "Check the path.": (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP),
    "Use a shorter name.": (errno.ENAMETOOLONG,),
    "Allow more open files, for instance with: ulimit -n 256": (errno.EMFILE, errno.ENFILE),
    "Open it, or write to a file with -o.": (errno.EBADF,),
    "Free some memory, or allow this process more.": (errno.ENOMEM, errno.EAGAIN),
}
_OTHERWISE = "Check the disk and the permissions, and try again."


def system_error(
    error: OSError, where: str | None = None, what: str = "{}", remedy: str | None = None
) -> InputError:
    """The InputError for an error of the system; chain it with `from error`.

    `where` is what was read or written (None: the file that the error names), `what` what could not
    be done with it, with {} for the system's own words. Without `remedy` there is one for the kind
    of error.
    """
    return InputError(
        _named(error) if where is None else where,
        what.replace("{}", reason_of(error)),
        remedy_for(error) if remedy is None else remedy,
    )


def reason_of(error: OSError) -> str:
    """The system's own words for an error.

    >>> reason_of(OSError(28, "No space left on device"))
    'No space left on device'
    """
    return error.strerror or str(error) or type(error).__name__


def remedy_for(error: OSError) -> str:
    """What can be done about an error of the system.

    >>> remedy_for(OSError(36, "File name too long"))
    'Use a shorter name.'
    """
    return next((told for told, codes in _REMEDIES.items() if error.errno in codes), _OTHERWISE)


def _named(error: OSError) -> str:
    """What the error names; else the system itself."""
    if isinstance(error.filename, (str, bytes)) and error.filename:
        return os.fsdecode(error.filename)
    return "the operating system"
