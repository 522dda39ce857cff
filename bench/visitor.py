"""A visitor without a browser: speaks Streamlit's own websocket protocol to the real pages.

Keeps what a browser keeps (the address, the state of every widget) and sends it back with each choice,
so the server does the same work as for a person who clicks.
"""

import asyncio
import html
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

ONE_TEXT = frozenset({"selectbox", "radio", "text_input"})
MANY_TEXTS = frozenset({"multiselect", "button_group", "slider"})
_INTERRUPTED = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_GRAPH = re.compile(r'data-graf="([^"]+)"')


class Failed(RuntimeError):
    """The server showed an error, or did not answer."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a page's script, from the request sent to the last message: seconds, bytes, messages."""

    seconds: float
    size: int
    messages: int


@dataclass
class Visitor:
    """One visitor on one page. `address` is `http://host:port`."""

    address: str
    path: str = "/"
    query: str = ""
    patience: float = 60.0
    cookie: str = ""
    """Sent when it connects; behind a proxy it can name the replica."""
    widgets: dict[str, Any] = field(default_factory=dict)
    """The widgets now on the page: the key given in the page's script → Streamlit's message about it."""
    texts: list[str] = field(default_factory=list)
    """The HTML blocks that the latest run sent."""
    raw: list[bytes] = field(default_factory=list)
    """The messages of the latest run as they came."""
    strict: bool = True
    """Whether an error shown on the page raises Failed."""
    _known: dict[str, ForwardMsg] = field(default_factory=dict)
    """Large messages that the server need not send again, by their hash; a browser keeps them too."""
    _values: dict[str, str | list[str]] = field(default_factory=dict)
    _page: str = ""
    _socket: ClientConnection | None = None

    async def open(self) -> Run:
        """Connect and run the page for the first time. Raises Failed, OSError, or what websockets raises."""
        host = urlsplit(self.address).netloc
        self._socket = await connect(
            f"ws://{host}/_stcore/stream",
            origin=Origin(self.address),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            max_size=None,
            ping_interval=None,
            compression=None,
            open_timeout=self.patience,
        )
        return await self.run()

    async def choose(self, key: str, value: str | list[str]) -> Run:
        """Set the widget with a key (its labels, as a person sees them) and run the page."""
        self._values[self.widgets[key].id] = value
        return await self.run()

    async def go(self, path: str, query: str = "") -> Run:
        """Follow a link to another page."""
        self.path, self.query, self._page = path, query, ""
        self._values.clear()
        return await self.run()

    async def run(self) -> Run:
        """Ask for a run and wait until it is finished. Raises Failed if the page shows an error."""
        if self._socket is None:
            raise Failed("ikke forbundet")
        begun = time.perf_counter()
        self.widgets, self.texts, self.raw = {}, [], []
        await self._socket.send(self._request())
        while True:
            try:
                raw = await asyncio.wait_for(self._socket.recv(), self.patience)
            except TimeoutError:
                raise Failed(f"intet svar i {self.patience} s") from None
            self.raw.append(raw if isinstance(raw, bytes) else raw.encode())
            if self._read(ForwardMsg.FromString(self.raw[-1])):
                taken = time.perf_counter() - begun
                return Run(taken, sum(map(len, self.raw)), len(self.raw))

    @property
    def graphs(self) -> list[str]:
        """The addresses that the latest run's charts are drawn at, without a width."""
        return [html.unescape(found) for text in self.texts for found in _GRAPH.findall(text)]

    async def close(self) -> None:
        """Leave, as when the tab is closed."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    def _request(self) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self.query, self._page
        state.page_name = "" if self._page else self.path.strip("/")
        state.cached_message_hashes.extend(self._known)
        for identifier, value in self._values.items():
            widget = state.widget_states.widgets.add(id=identifier)
            if isinstance(value, str):
                widget.string_value = value
            else:
                widget.string_array_value.data[:] = value
        return message.SerializeToString()

    def _read(self, message: ForwardMsg) -> bool:
        """Take in one message; whether it ended the run."""
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._known[message.ref_hash]
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._known[message.hash] = message
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message.delta.new_element)
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "script_finished":
            return message.script_finished != _INTERRUPTED
        return False

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception" and self.strict:
            raise Failed(element.exception.message)
        if kind == "html":
            self.texts.append(element.html.body)
            if self.strict and 'class="besked fejl" role="alert"' in element.html.body:
                raise Failed(element.html.body)
        if kind in ONE_TEXT or kind in MANY_TEXTS:
            self._widget(kind, getattr(element, kind))

    def _widget(self, kind: str, proto: Any) -> None:
        # An id is `$$ID-<hash>-<key>`; the key has dots and letters, the hash neither dash nor dot.
        self.widgets[proto.id.split("-", 2)[2]] = proto
        if proto.set_value or proto.id not in self._values:
            value = _value(kind, proto)
            if value is not None:
                self._values[proto.id] = value


def _value(kind: str, proto: Any) -> str | list[str] | None:
    """What a browser would send back of a widget it has just been given; None = nothing."""
    given = proto.set_value
    if kind == "text_input":
        return str(proto.value if given else proto.default)
    if kind in ("selectbox", "radio"):
        if given:
            return str(proto.raw_value)
        return str(proto.options[proto.default]) if proto.HasField("default") else None
    if kind == "slider":
        if given and proto.raw_value:
            return list(proto.raw_value)
        return [proto.options[int(at)] for at in proto.default]
    return list(proto.raw_values) if given else [_label(proto.options[at]) for at in proto.default]


def _label(option: Any) -> str:
    return option if isinstance(option, str) else str(option.content)


def labels(proto: Any) -> list[str]:
    """The labels a person can choose between in a widget."""
    return [_label(option) for option in proto.options]


async def fetch(address: str, path: str) -> tuple[int, int]:
    """(status, bytes of body) of one plain GET, the connection closed after it."""
    host = urlsplit(address)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\nAccept-Encoding: br\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        await writer.drain()
        raw = await reader.read()
    finally:
        writer.close()
    head, _, body = raw.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), len(body)
