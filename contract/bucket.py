"""An object store as files below an address: read, copied, written; through pyarrow's own file system.

Keys and address come from the environment as S3 programs know them (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL, AWS_REGION).
"""

import os
import shutil
from pathlib import Path

SCHEME = "s3://"


class StoreError(OSError):
    """An object store that cannot be read or written; the message is Danish and holds no key."""


class Missing(StoreError):
    """The store answers, and has no such file."""


class Bucket:
    """The files of an object store below an address. Raises StoreError where it does not answer."""

    def __init__(self, address: str) -> None:
        from pyarrow import fs  # a fifth of a second, and only for those who use a store

        # Many S3 servers do not know the newest checksums; a release has its own hashes.
        for name in ("AWS_REQUEST_CHECKSUM_CALCULATION", "AWS_RESPONSE_CHECKSUM_VALIDATION"):
            os.environ.setdefault(name, "when_required")
        endpoint = os.environ.get("AWS_ENDPOINT_URL") or None
        self._files = fs.S3FileSystem(
            endpoint_override=endpoint, region=os.environ.get("AWS_REGION") or None,
            connect_timeout=3, request_timeout=20,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=2),
        )  # fmt: skip
        self._base = address.removeprefix(SCHEME).strip("/")

    def read(self, name: str) -> bytes | None:
        """The content of a file, None if there is no such file."""
        try:
            with self._files.open_input_stream(f"{self._base}/{name}") as stream:
                return stream.read()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"objektlageret kan ikke læses ({name})") from error

    def copy_to(self, name: str, file: Path) -> None:
        """Copy a file here, a piece at a time. Raises Missing if there is no such file."""
        try:
            with (
                self._files.open_input_stream(f"{self._base}/{name}") as stream,
                file.open("wb") as out,
            ):
                shutil.copyfileobj(stream, out, 1 << 20)
        except FileNotFoundError as error:
            raise Missing(f"objektlageret har ikke {name}") from error
        except OSError as error:
            raise StoreError(f"objektlageret kan ikke læses ({name})") from error

    def write(self, name: str, content: bytes) -> None:
        """Put a file there, wholly or not at all."""
        try:
            with self._files.open_output_stream(f"{self._base}/{name}") as stream:
                stream.write(content)
        except OSError as error:
            raise StoreError(f"objektlageret kan ikke skrives ({name})") from error
