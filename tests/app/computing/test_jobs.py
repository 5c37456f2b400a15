"""Long work: followed, joined, kept by what was asked, cancelled, bounded."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from app.computing.jobs import Job, Jobs
from app.errors import TooBusy
from tests import event_loop


def with_jobs(jobs: Jobs, use: Callable[[Jobs], Awaitable[None]]) -> None:
    """Let a coroutine use jobs, and close them."""

    async def run() -> None:
        try:
            async with asyncio.timeout(20):
                await use(jobs)
        finally:
            await jobs.close()

    event_loop.run(run())


async def forever(job: Job) -> bytes:
    """Work that never ends by itself."""
    await asyncio.Event().wait()
    return b""


def test_progress_is_followed_to_the_answer() -> None:
    async def use(jobs: Jobs) -> None:
        go_on = asyncio.Event()

        async def work(job: Job) -> bytes:
            for part in (0.25, 0.5):
                await go_on.wait()
                go_on.clear()
                job.report(part)
            await go_on.wait()
            return b"42"

        job = jobs.start("question", work)
        seen = []
        async for progress in job.follow():
            seen.append(progress)
            go_on.set()
        assert seen == [0.0, 0.25, 0.5]
        assert await job.answer() == b"42"

    with_jobs(Jobs(1), use)


def test_the_same_question_is_computed_once() -> None:
    async def use(jobs: Jobs) -> None:
        begun = []

        async def work(job: Job) -> bytes:
            begun.append(job.key)
            await asyncio.sleep(0)
            return b"42"

        first, second = jobs.start("question", work), jobs.start("question", work)
        assert first is second
        assert [await first.answer(), await jobs.start("question", work).answer()] == [b"42"] * 2
        await jobs.start("another", work).answer()
        assert begun == ["question", "another"]
        assert jobs.count == 0

    with_jobs(Jobs(1), use)


def test_one_who_no_longer_waits_does_not_end_the_work_of_others() -> None:
    async def use(jobs: Jobs) -> None:
        end = asyncio.Event()

        async def work(job: Job) -> bytes:
            await end.wait()
            return b"42"

        job = jobs.start("question", work)
        leaving, staying = asyncio.create_task(job.answer()), asyncio.create_task(job.answer())
        await asyncio.sleep(0)
        leaving.cancel()
        end.set()
        assert await staying == b"42"

    with_jobs(Jobs(1), use)


def test_cancelled_work_ends_and_can_be_asked_for_again() -> None:
    async def use(jobs: Jobs) -> None:
        job = jobs.start("question", forever)
        following = asyncio.create_task(_all(job))
        await asyncio.sleep(0)
        assert jobs.cancel("question")
        assert await following == [0.0]
        assert not job.succeeded
        assert not jobs.cancel("question")
        again = jobs.start("question", forever)
        assert again is not job
        assert jobs.count == 1

    with_jobs(Jobs(1), use)


async def _all(job: Job) -> list[float]:
    return [progress async for progress in job.follow()]


def test_a_fault_is_told_and_not_kept() -> None:
    async def use(jobs: Jobs) -> None:
        async def fails(job: Job) -> bytes:
            raise ZeroDivisionError

        for _ in range(2):
            with pytest.raises(ZeroDivisionError):
                await jobs.start("question", fails).answer()
        assert jobs.count == 0

    with_jobs(Jobs(1), use)


def test_too_many_at_work_are_refused() -> None:
    async def use(jobs: Jobs) -> None:
        jobs.start("question", forever)
        with pytest.raises(TooBusy):
            jobs.start("another", forever)

    with_jobs(Jobs(1), use)


def test_the_oldest_answers_are_forgotten() -> None:
    async def use(jobs: Jobs) -> None:
        begun = []

        async def work(job: Job) -> bytes:
            begun.append(job.key)
            return bytes(int(job.key))

        for key in ("40", "50", "40", "30", "40", "50", "200", "200"):
            await jobs.start(key, work).answer()
        # 50 was the oldest when 30 came; 200 are more than may be kept at all
        assert begun == ["40", "50", "30", "50", "200", "200"]

    with_jobs(Jobs(1, kept_bytes=100), use)


def test_a_job_is_found_and_known_to_be_left() -> None:
    async def use(jobs: Jobs) -> None:
        assert jobs.find("question") is None
        job = jobs.start("question", forever)
        assert jobs.find("question") is job
        assert not job.is_left(5)
        assert job.is_left(-1)
        following = asyncio.create_task(_all(job))
        await asyncio.sleep(0)
        assert not job.is_left(-1)
        jobs.cancel_all()
        assert await following == [0.0]
        assert job.is_left(-1)
        assert jobs.find("question") is None

    with_jobs(Jobs(1), use)
