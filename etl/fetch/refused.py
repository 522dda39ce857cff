"""What can go wrong between a service and data/raw: one exception a cause, each with a Danish message.

A message may repeat a little of an answer, so that one sees what is wrong with it, but no civil registration number.
"""

from etl import cpr


class FetchError(Exception):
    """An answer that cannot be used; the message is Danish and holds no key. Nothing was written."""

    exit_code = 1

    def __init__(self, text: str) -> None:
        super().__init__(cpr.without(text))


class ServiceDown(FetchError):
    """The service cannot be reached or does not answer as itself: asking for more is of no use."""

    exit_code = 2


class KeyMissing(FetchError):
    """No key, a key that cannot be read, or one that the service turns away."""

    exit_code = 3


class TooLarge(FetchError):
    """The service finds that one request asks for too much; a smaller one may do."""


class RawError(FetchError):
    """A raw answer on disk that is not what it was when it was fetched."""
