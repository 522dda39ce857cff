"""Disclosure control (diskretionering): between fetched series and a release, nothing gets round it."""

from etl.disclosure.outcome import DisclosureError, Protected, Report
from etl.disclosure.protection import protect
from etl.disclosure.rules import Rules
from etl.disclosure.rules_file import parse_rules, read_rules

__all__ = [
    "DisclosureError",
    "Protected",
    "Report",
    "Rules",
    "parse_rules",
    "protect",
    "read_rules",
]
