"""Who asks first is served first, who is in a hurry before all, and nobody is served twice while another waits."""

import asyncio
from contextlib import suppress

import pytest

from app.computing.turns import Line, Turns
from tests import event_loop


async def settle() -> None:
    """Let every task go on until it waits."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_one_at_a_time_in_the_order_of_asking() -> None:
    async def use() -> None:
        turns, order, inside = Turns(), [], []

        async def work(name: int) -> None:
            async with turns.of("run"):
                inside.append(name)
                assert len(inside) == 1
                await asyncio.sleep(0)
                order.append(name)
                inside.remove(name)

        await asyncio.gather(*(work(name) for name in range(8)))
        assert order == list(range(8))

    event_loop.run(use())


def test_a_busy_loop_gives_way() -> None:
    async def use() -> None:
        turns, served = Turns(), asyncio.Event()
        rounds_while_waiting = 0

        async def ask() -> None:
            async with turns.of("run"):
                served.set()

        async with turns.of("run"):
            asking = asyncio.create_task(ask())
            await settle()
        while not served.is_set():
            async with turns.of("run"):  # at once again, as a run that trains does
                rounds_while_waiting += 1
        assert rounds_while_waiting <= 1
        await asking

    event_loop.run(use())


def test_who_is_in_a_hurry_goes_first_and_whoever_has_the_turn_learns_of_it() -> None:
    async def use() -> None:
        turns, order = Turns(), []

        async def work(name: str, urgent: bool) -> None:
            async with turns.of("run", urgent=urgent) as line:
                order.append((name, line.hurry.is_set()))

        async with turns.of("run") as line:
            assert not line.hurry.is_set()
            tasks = [asyncio.create_task(work(name, name == "pause")) for name in ("step", "another", "pause")]
            await settle()
            assert line.hurry.is_set()
        await asyncio.gather(*tasks)
        assert order == [("pause", False), ("step", False), ("another", False)]

    event_loop.run(use())


def test_things_do_not_wait_for_each_other_and_are_forgotten() -> None:
    async def use() -> None:
        turns = Turns()
        async with turns.of("one"), turns.of("other"):
            assert len(turns._lines) == 2
        assert not turns._lines

    event_loop.run(use())


def test_an_error_inside_ends_the_turn() -> None:
    async def use() -> None:
        turns = Turns()
        with pytest.raises(ValueError):
            async with turns.of("run"):
                raise ValueError
        async with asyncio.timeout(5), turns.of("run"):
            pass

    event_loop.run(use())


@pytest.mark.parametrize("called", [False, True])
def test_one_who_gives_up_waiting_keeps_nobody_waiting(called: bool) -> None:
    async def use() -> None:
        line = Line()
        await line.enter()
        leaving, staying = asyncio.create_task(line.enter(urgent=True)), asyncio.create_task(line.enter())
        await settle()
        if called:
            line.leave()  # its turn has come, but it has not noticed yet
        leaving.cancel()
        with suppress(asyncio.CancelledError):
            await leaving
        assert not line.hurry.is_set()
        if not called:
            line.leave()
        await asyncio.wait_for(staying, 5)

    event_loop.run(use())


def test_who_asks_for_several_places_is_not_passed_by() -> None:
    async def use() -> None:
        line, order = Line(2), []

        async def work(name: str, places: int) -> None:
            async with line.turn(places):
                order.append(name)

        await line.enter()
        tasks = [asyncio.create_task(work("both", 2)), asyncio.create_task(work("one", 1))]
        await settle()
        assert (order, line.waiting) == ([], 2)
        line.leave()
        await asyncio.gather(*tasks)
        assert order == ["both", "one"]

    event_loop.run(use())
