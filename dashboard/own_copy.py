"""A file of a release as it was when its hash was held against the manifest, whatever happens to the one on disk.

Fetched series are read when someone asks, long after the release was verified. By then the file may have been
changed, cut or lost, or its disk may be gone; what is shown must still be what the hash covers.
"""

import sys
import tempfile
from contextlib import suppress
from typing import IO

IN_MEMORY = 512 * 1024
"""Files up to this many bytes are kept in memory; larger ones in a temporary file that has no name."""


class OwnCopy:
    """A copy that is this process's own, and gone with it. Never changed; safe to use from several threads."""

    def __init__(self, content: bytes) -> None:
        self._content, self._file = content, None
        if len(content) > IN_MEMORY and sys.platform == "linux":
            with suppress(OSError):  # no room there: it stays in memory
                self._file = _nameless(content)
                self._content = b""

    @property
    def source(self) -> str | bytes:
        """What `polars.scan_parquet` reads it from: the path of an open file, or its bytes.

        The path means this file as long as the copy is there: keep it as long as something reads from it.
        """
        return f"/proc/self/fd/{self._file.fileno()}" if self._file else self._content


def _nameless(content: bytes) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the copy is needed
    try:
        file.write(content)
        file.flush()
    except OSError:
        file.close()
        raise
    return file
