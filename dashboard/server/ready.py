"""Answers that are ready to be sent: made once, kept in memory by what they depend on, the latest so many bytes."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from contextlib import suppress

from contract.release import ReleaseError
from dashboard import read
from dashboard.server.reply import Answer


def edition() -> str:
    """What everything shown depends on, as part of a key; empty if there is nothing to show."""
    with suppress(ReleaseError):
        return read.standing.edition()
    return ""


class Ready:
    """Answers by key; when they are more than `most` bytes together, the least recently used go first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Answer | None:
        """The answer of a key, or None if it is not kept."""
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer, in place of the one that the key had."""
        with self._lock:
            before = self._answers.pop(key, None)
            self.size += len(answer.body) - (len(before.body) if before else 0)
            self._answers[key] = answer
            while self.size > self.most and self._answers:
                _, dropped = self._answers.popitem(last=False)
                self.size -= len(dropped.body)
