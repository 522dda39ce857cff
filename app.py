"""The server: `streamlit run app.py` starts everything. What it is made of is in `dashboard/server/`."""

import gc

gc.disable()  # until `memory.ready`: nothing of what is loaded at the start is garbage

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import app_session
from streamlit.runtime.pages_manager import PagesManager

from dashboard.first_view import first_view
from dashboard.server import (
    discreet,
    download,
    embed,
    faults,
    following,
    gate,
    graphs,
    headers,
    health,
    leaving,
    logs,
    memory,
    orders,
    present,
    preview,
    scrape,
    settings,
    share,
    takehome,
    theme_message,
    trace,
    warming,
)
from dashboard.server.api import routes as api
from dashboard.server.assets import Assets
from dashboard.server.limits import Limits
from dashboard.server.login import gate as login
from dashboard.server.login import setup as login_setup
from dashboard.server.login import signed
from dashboard.server.metrics import Measured
from dashboard.server.neighbours import neighbours
from dashboard.server.pages import Pages
from dashboard.server.share import Sharing
from dashboard.server.talpas import PREFIX, Talpas

logs.begin()
settings.require(config.get_option, st.__version__)
required_login = login_setup.read(signed.section())

# A folder named pages/ beside the script is Streamlit's old way of making pages, in force until the
# first st.navigation call of the process: the first visitor would get a page without its shell.
PagesManager.uses_pages_directory = False
app_session._populate_theme_msg = theme_message.once(app_session._populate_theme_msg)


def on_script_error(error: Exception) -> bool:
    """Show the visitor a Danish notice instead of Streamlit's own."""
    st.html(faults.notice(faults.record(error), trace.current()))
    return True


def order(message: bytes) -> str | None:
    """What a browser asks for in a message. Raises DecodeError if it is none."""
    asked = BackMsg.FromString(message)
    operation = asked.backend_operation_request.WhichOneof("payload")
    return operation or asked.WhichOneof("type")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Load everything before the first visitor."""
    logs.adopt()
    gate.read_long_lines()
    scrape.serve_apart()
    headers.hide_server_name()
    leaving.watch()
    async with memory.ready():
        logging.getLogger("indblik").info(
            "Indblik er klar: http://localhost:%s", config.get_option("server.port")
        )
        with warming.beside(first_view):
            yield


THROUGH = (
    "/healthz",
    health.READY,
    scrape.ADDRESS,
    PREFIX,
    api.PREFIX,
    share.ADDRESS,
    share.QR,
    embed.PREFIX,
    download.PREFIX,
    preview.PREFIX,
    graphs.PREFIX,
    *present.THROUGH,
    *(login.THROUGH if required_login else ()),
)
"""The addresses that our own routes answer; `Pages` answers all others."""

SCRIPT = Path(__file__).resolve().parent / "session.py"

app = st.App(
    SCRIPT,
    routes=[
        Route("/healthz", health.healthz),
        Route(health.READY, health.ready),
        Route(scrape.ADDRESS, scrape.answer),
        Route(PREFIX + "{figure:path}", Talpas()),
        *api.ROUTES,
        *present.ROUTES,
        *following.ROUTES,
        *(Route(address, Sharing()) for address in (share.ADDRESS, share.QR)),
        Route(embed.PREFIX + "{page}/{figure}", embed.Embed()),
        Route(graphs.PREFIX + "{page}/{figure}", graphs.Graphs(neighbours.asked)),
        takehome.ROUTE,
        Route(download.PREFIX + "{rest:path}", download.Download()),
        Route(preview.PREFIX + "{name}", preview.Previews()),
    ],
    middleware=[
        Middleware(trace.Traced),
        Middleware(Measured),
        Middleware(headers.Headers),
        Middleware(Assets),
        Middleware(gate.Gate),
        Middleware(login.Login, setup=required_login),
        Middleware(Limits),
        Middleware(orders.Orders, kind=order),
        Middleware(discreet.Discreet, script=str(SCRIPT), streamlit_version=st.__version__),
        Middleware(Pages, through=THROUGH, early=first_view),
    ],
    lifespan=lifespan,
    on_script_error=on_script_error,
)
