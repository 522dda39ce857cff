"""What is in bytes that are packed: archives, PDF pages and each page of a Parquet file as it is stored."""

import io
import zipfile

import pyarrow as pa
from pypdf import PdfReader

_ZSTD = b"\x28\xb5\x2f\xfd"


def unpacked(content: bytes) -> list[bytes]:
    """Some bytes, and everything that can be unpacked from them, archives within archives too."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [archive.read(name) for name in archive.namelist()]
        return [content, *(part for each in inside for part in unpacked(each))]
    if content.startswith(b"%PDF"):
        pages = PdfReader(io.BytesIO(content)).pages
        return [content, *(page.extract_text().encode() for page in pages)]
    if content.startswith(b"PAR1"):
        return [content, *_frames(content)]
    return [content]


def _frames(content: bytes) -> list[bytes]:
    """Every zstd frame: the pages of all columns, their dictionaries with values that no row has too."""
    found, at = [], content.find(_ZSTD)
    while at >= 0:
        end = _end(content, at)
        if end <= len(content):
            packed = pa.BufferReader(content[at:end])
            try:
                found.append(pa.CompressedInputStream(packed, "zstd").read())
            except OSError:
                end = at + 1  # the mark stood within a page
        at = content.find(_ZSTD, max(end, at + 1))
    return found


def _end(content: bytes, at: int) -> int:
    """Where a frame ends (RFC 8878, 3.1.1)."""
    flags = content[at + 4]
    single, told = flags >> 5 & 1, flags >> 6
    size = (1 if single else 0, 2, 4, 8)[told]
    here = at + 5 + (not single) + (0, 1, 2, 4)[flags & 3] + size
    last = 0
    while not last and here + 3 <= len(content):
        block = int.from_bytes(content[here : here + 3], "little")
        last = block & 1
        here += 3 + (1 if block >> 1 & 3 == 1 else block >> 3)
    return here + 4 * (flags >> 2 & 1) if last else len(content) + 1
