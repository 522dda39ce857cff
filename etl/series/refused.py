"""Why fetched series cannot become part of a release."""

from etl.frames import TableError


class SeriesError(TableError):
    """Fetched series that cannot be published; the message is Danish and holds no value."""
