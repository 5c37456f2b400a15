"""The application: routes, errors, files, and a backend for as long as it runs."""

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.templating import Jinja2Templates
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from app import __version__
from app.backend import Backend
from app.settings import Settings, from_environment
from app.web import problems
from app.web.assets import Assets, folder
from app.web.hosts import AskedAsAllowed
from app.web.middleware import HeadRequests, SecurityHeaders
from app.web.routes import (
    backpropagation,
    exercises,
    functions,
    information,
    landscape,
    pages,
    questions,
    readings,
    run_plane,
    run_updates,
)
from app.web.routes import runs as run_routes
from app.web.routes.access import known_query_only
from app.web.stations import HOME

DIVERGENCE = (
    "A run whose numbers are no longer finite has diverged: `diverged` is true, and `diverged_at` is its last step. "
    "What reads its steps still answers, with null for a number that is not finite. "
    "What would go on from there, or compare losses around it (`step`, `play`, `line`, `landscape`, `hessian`, "
    "`gradient-check`), answers 409. Earlier steps answer as ever, and `rewind` goes back to one."
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Put the server together."""
    settings = settings or from_environment()
    app = FastAPI(
        title="Downhill",
        summary=HOME.claim,
        description=DIVERGENCE,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.assets = Assets()
    app.state.templates = Jinja2Templates(folder("templates"))
    problems.install(app, pages.missing)
    for router in (
        information.router,
        run_routes.router,
        readings.router,
        functions.router,
        backpropagation.router,
        run_plane.router,
        exercises.router,
        questions.router,
        landscape.router,
        run_updates.router,
    ):
        app.include_router(router, prefix="/api/v1", dependencies=[Depends(known_query_only)])
    app.include_router(pages.router)
    app.state.assets.mount(app)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=settings.limits.body_bytes)
    app.add_middleware(AskedAsAllowed, host=settings.host, allowed=settings.allowed_hosts)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(HeadRequests)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    backend = Backend(app.state.settings)
    app.state.backend = backend
    backend.store.recover()
    backend.symbolic.warm()
    with _ends_waiting(backend):
        yield
    await backend.close()


@contextmanager
def _ends_waiting(backend: Backend) -> Iterator[None]:
    """End streams and long steps when the process is asked to end: the server waits for open answers first."""
    loop = asyncio.get_running_loop()
    before: dict[int, Any] = {}

    def on_signal(number: int, frame: Any) -> None:
        loop.call_soon_threadsafe(backend.end_waiting)
        if callable(before[number]):
            before[number](number, frame)

    try:
        for asked in (signal.SIGINT, signal.SIGTERM):
            before[asked] = signal.getsignal(asked)
            signal.signal(asked, on_signal)
    except ValueError:
        # not the main thread: whoever started the loop there handles signals
        before.clear()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
