"""A page's script run without a visitor: what it would send to a browser, as a tree of elements.

This is how the HTML of an address can hold the page's own text and numbers before any script has run
(`dashboard.first_view`): there is one description of a page, its script, and it is run for both. Uses
Streamlit's own script context, so the Streamlit version is pinned and a test runs every page.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import add_script_run_ctx
from streamlit.runtime.scriptrunner_utils.exceptions import StopException
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.state import SafeSessionState, SessionState

from contract.paths import REPO
from dashboard import link, shell, view
from dashboard.sitemap import Page
from dashboard.widgets import widget_key

PATIENCE = 10.0
"""Seconds a script may take."""
_MAIN = 0
"""The container of the page's own content in the paths of Streamlit's messages."""


Leads = dict[str, dict[str, str]]
"""A widget's key → `Node.leads` of it."""
_KEY = re.compile(r"\A\$\$ID-[0-9a-f]+-(.+)\Z", re.DOTALL)


class Unfinished(RuntimeError):
    """The script failed or took too long: there is nothing to show ahead of the live page."""


@dataclass(slots=True)
class Node:
    """An element or a block of a page with what is in it, in order."""

    element: Any = None
    """Streamlit's message of a new element, or None."""
    block: Any = None
    """Streamlit's message of a new block, or None."""
    inside: dict[int, "Node"] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    """Of a row of buttons: button's word → the address that the page has when it has been clicked."""

    def children(self) -> Iterator["Node"]:
        """What is in it, from the top of the page to its foot."""
        yield from (self.inside[place] for place in sorted(self.inside))


def key_of(identity: str) -> str:
    """The key that a page's script has given to a widget or a container; empty if it gave none."""
    found = _KEY.match(identity)
    return found[1] if found else ""


def rehearse(page: Page, query: str) -> Node:
    """The page at an address with a query string, as a tree. Raises Unfinished."""
    messages: list[ForwardMsg] = []
    failures: list[BaseException] = []
    leads: Leads = {}
    thread = threading.Thread(
        target=_run,
        args=(page, query, messages, leads, failures),
        name="indblik-proeve",
        daemon=True,
    )
    thread.start()
    thread.join(PATIENCE)
    if thread.is_alive():
        raise Unfinished(f"{page.script} er ikke færdig efter {PATIENCE} s")
    if failures:
        raise Unfinished(page.script) from failures[0]
    return _tree(messages, leads)


def _run(
    page: Page,
    query: str,
    messages: list[ForwardMsg],
    leads: Leads,
    failures: list[BaseException],
) -> None:
    try:
        context = _context(messages)
        add_script_run_ctx(threading.current_thread(), context)
        with context.session_state.query_params() as given:
            given.populate_from_query_string(query)
        context.reset(query_string=query, page_script_hash=page.path or "forside")
        context.on_script_start()
        place = shell.open_page()
        exec(_code(page.script), {"__name__": "__main__"})
        shell.close_page(place, page.path)
        for key, words in view.one_click_away().items():
            leads[widget_key(page.path, key)] = {
                word: link.address(page.path, view.address_after(key, value))
                for word, value in words.items()
            }
    except StopException:
        pass
    except BaseException as error:
        failures.append(error)


def _context(messages: list[ForwardMsg]) -> ScriptRunContext:
    return ScriptRunContext(
        session_id="proeve",
        _enqueue=messages.append,
        query_string="",
        session_state=SafeSessionState(SessionState(), lambda: None),
        uploaded_file_mgr=MemoryUploadedFileManager("/upload"),
        main_script_path=str(REPO / "session.py"),
        user_info={},
        fragment_storage=MemoryFragmentStorage(),
        pages_manager=PagesManager(str(REPO / "session.py")),
    )


@cache
def _code(script: str) -> CodeType:
    file: Path = REPO / "pages" / script
    return compile(file.read_text("utf-8"), str(file), "exec")


def _tree(messages: list[ForwardMsg], leads: Leads) -> Node:
    root = Node()
    for message in messages:
        path = list(message.metadata.delta_path)
        if message.WhichOneof("type") != "delta" or not path or path[0] != _MAIN:
            continue
        node = root
        for place in path[1:]:
            node = node.inside.setdefault(place, Node())
        if message.delta.WhichOneof("type") == "new_element":
            node.element, node.block, node.inside = message.delta.new_element, None, {}
            kind = str(node.element.WhichOneof("type"))
            node.leads = leads.get(key_of(getattr(getattr(node.element, kind), "id", "")), {})
        elif message.delta.WhichOneof("type") == "add_block":
            node.element, node.block = None, message.delta.add_block
    return root
