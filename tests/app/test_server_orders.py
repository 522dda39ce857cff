"""What a visitor may ask of the server over the web socket: Streamlit takes more orders than our pages give."""

import asyncio
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from bench.visitor import Visitor
from dashboard.server import orders
from tests.running import Server

UPLOAD = BackMsg()
UPLOAD.file_urls_request.file_names.append("hus.exe")
OPERATION, SKILLS, NUDGE, CHUNK = (BackMsg() for _ in range(4))
OPERATION.backend_operation_request.request_id = "a"
SKILLS.backend_operation_request.install_skills.SetInParent()
NUDGE.backend_operation_request.dismiss_skills_nudge.SetInParent()
CHUNK.backend_operation_request.dataframe_chunk.source_id = "a"
NOT_TAKEN = [
    BackMsg(clear_cache=True), BackMsg(load_git_info=True), BackMsg(set_run_on_save=True),
    BackMsg(debug_disconnect_websocket=True), BackMsg(debug_shutdown_runtime=True),
    UPLOAD, OPERATION, SKILLS, NUDGE, CHUNK, BackMsg(),
]  # fmt: skip
HUGE = BackMsg()
HUGE.rerun_script.query_string = "i=" + "x" * orders.LARGEST


async def _kinds(visitor: Visitor, sent: Any, last: str) -> list[str]:
    """What kinds of messages come in answer to one that is sent, up to the `last` one."""
    socket: Any = visitor._socket
    await socket.send(sent)
    kinds: list[str] = []
    while last not in kinds:
        raw = await asyncio.wait_for(socket.recv(), 10)
        kinds.append(str(ForwardMsg.FromString(raw).WhichOneof("type")))
    return kinds


def test_orders_that_no_page_gives_are_passed_over(server: Server) -> None:
    """A sign of life is asked for after each, so that a late answer would be seen; and the page goes on."""

    async def play() -> None:
        visitor = Visitor(server.url, "/udforsk")
        await visitor.open()
        life = BackMsg(app_heartbeat=True).SerializeToString()
        for order in NOT_TAKEN:
            await visitor._socket.send(order.SerializeToString())  # type: ignore[union-attr]
            came = await _kinds(visitor, life, "heartbeat_ack")
            assert set(came) <= {"heartbeat_ack", "session_status_changed"}, order
        assert (await visitor.choose("udforsk.vis", ["Indeks"])).messages > 10
        await visitor.close()

    asyncio.run(play())
    assert 'indblik_refused_total{reason="ordre"}' in server.get("/metrics").text


@pytest.mark.parametrize(
    ("sent", "code"),
    [(HUGE.SerializeToString(), 1009), (b"\xff" * 50, 1003), ("tekst", 1003)],
    ids=["too big", "no message", "text"],
)
def test_what_is_no_order_ends_the_connection(server: Server, sent: Any, code: int) -> None:
    async def play() -> int:
        visitor = Visitor(server.url, "/om")
        await visitor.open()
        try:
            await _kinds(visitor, sent, "never")
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0
        return 0

    assert asyncio.run(play()) == code
    assert server.get("/healthz").status == 200
