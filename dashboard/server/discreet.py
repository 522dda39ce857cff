"""What Streamlit tells every browser of the machine it runs on is made illegible before it is sent.

The first message of each run holds the path of the script on the server, the versions of Streamlit and
Python, and the operating system. The pages need none of it, and no option leaves it out. Each is
replaced by as many other characters, so that the message can still be read.
"""

import sys
from collections.abc import Sequence
from pathlib import PurePath

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST = 16_384
"""Bytes; the message is much shorter than this, and what a page shows is left alone."""


def masked(data: bytes, script: bytes, words: Sequence[bytes]) -> bytes:
    """The message with words masked, if it names the script; the name of the script's file stays.

    >>> masked(b"..2*/srv/app/session.py.1.67.0", b"/srv/app/session.py", [b"1.67.0"])
    b'..2*---------session.py.------'
    """
    if len(data) > LONGEST or script not in data:
        return data
    name = PurePath(script.decode()).name.encode()
    data = data.replace(script, name.rjust(len(script), b"-"))
    folder = script.removesuffix(name)
    for word in (folder, folder.rstrip(b"/\\"), *words):
        data = data.replace(word, b"-" * len(word)) if word else data
    return data


def of_this_machine(streamlit_version: str) -> list[bytes]:
    """The words that the message may hold besides the path."""
    python = ".".join(map(str, sys.version_info))
    return [word.encode() for word in (python, streamlit_version, sys.platform)]


class Discreet:
    """Middleware that masks what is sent over web sockets."""

    def __init__(self, app: ASGIApp, script: str, streamlit_version: str) -> None:
        self.app, self.script = app, script.encode()
        self.words = of_this_machine(streamlit_version)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a web socket on, with its messages masked."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return

        async def with_masks(message: Message) -> None:
            if message["type"] == "websocket.send" and message.get("bytes"):
                message = {**message, "bytes": masked(message["bytes"], self.script, self.words)}
            await send(message)

        await self.app(scope, receive, with_masks)
