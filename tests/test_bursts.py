"""Messages to a browser: sent together, in their order, none lost, and nothing large kept waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.SessionStatus_pb2 import SessionStatus

from service.bursts import AT_REST, LARGE, LATEST, Bursts

Talk = Callable[[Send, list[Message]], Awaitable[None]]
ACCEPT: Message = {"type": "websocket.accept"}
CLOSE: Message = {"type": "websocket.close"}


def write(size: int = 1) -> Message:
    return {"type": "websocket.send", "bytes": b"." * size}


def run(talk: Talk, kind: str = "websocket", *, failing: bool = False, opened: bool = True) -> list[Message]:
    """Run what an app says through the middleware, and return what was sent."""
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001  # as ASGI has it
        if opened:
            await send(write(LARGE))
            sent.clear()
        await talk(send, sent)

    async def send(message: Message) -> None:
        if failing and message == write():
            raise ConnectionError("gone")
        await asyncio.sleep(0)  # others may run meanwhile
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    def speak() -> None:
        asyncio.run(Bursts(app)({"type": kind}, receive, send))

    with ThreadPoolExecutor(1) as apart:  # the tests of the browser leave a loop running in this thread
        apart.submit(speak).result()
    return sent


async def wait_until(test: Callable[[], bool]) -> None:
    for _ in range(500):
        if test():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was sent")


async def insist(send: Send) -> None:
    for _ in range(500):
        await send(write())
        await asyncio.sleep(0.01)


def test_small_messages_wait_for_each_other() -> None:
    async def talk(send: Send, sent: list[Message]) -> None:
        for size in (1, 2, 3):
            await send(write(size))
            assert sent == []
        await wait_until(lambda: len(sent) == 3)

    assert run(talk) == [write(1), write(2), write(3)]


@pytest.mark.parametrize("last", [write(LARGE), CLOSE, {"type": "websocket.send", "text": "x" * LARGE}])
def test_what_is_large_goes_at_once_with_what_came_before(last: Message) -> None:
    async def talk(send: Send, sent: list[Message]) -> None:
        await send(write(1))
        await send(last)
        assert sent == [write(1), last]

    run(talk)


def test_a_page_is_told_everything_as_it_comes_until_its_first_chart() -> None:
    async def talk(send: Send, sent: list[Message]) -> None:
        for size in (1, LARGE):
            await send(write(size))
            assert len(sent[-1]["bytes"]) == size
        await send(write(2))
        assert len(sent) == 2

    run(talk, opened=False)


def test_an_endless_stream_of_small_messages_is_not_held_back() -> None:
    async def talk(send: Send, sent: list[Message]) -> None:
        while not sent:
            await send(write())
            await asyncio.sleep(LATEST / 50)

    assert run(talk)


def test_messages_keep_their_order_while_a_burst_is_sent() -> None:
    async def talk(send: Send, sent: list[Message]) -> None:
        for size in range(1, 200):
            await send(write(LARGE + size if size % 7 == 0 else size))
            await asyncio.sleep(0)
        await wait_until(lambda: len(sent) == 199)

    sizes = [len(message["bytes"]) % LARGE for message in run(talk)]
    assert sizes == list(range(1, 200))


def test_who_talks_to_a_browser_that_is_gone_hears_of_it() -> None:
    async def talk(send: Send, sent: list[Message]) -> None:  # noqa: ARG001
        await send(ACCEPT)
        with pytest.raises(ConnectionError):
            await insist(send)

    run(talk, failing=True)


def test_other_answers_are_left_alone() -> None:
    async def talk(send: Send, sent: list[Message]) -> None:
        await send(write())
        assert sent == [write()]

    run(talk, kind="http")


def test_page_at_rest_is_told_by_the_message_that_streamlit_sends() -> None:
    status = SessionStatus(script_is_running=False)
    assert ForwardMsg(session_status_changed=status).SerializeToString() == AT_REST
