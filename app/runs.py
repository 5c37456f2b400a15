"""What the routes do with runs: create, read, step, travel in time."""

from threading import Event
from typing import Any

from app import history
from app.broker import News, record_news, sse
from app.configuration import Setup, build, check_learning_rate, normalize
from app.encoding import encode
from app.engine import Job, Outcome
from app.errors import Conflict
from app.lab import Lab, with_rate
from app.players import Player, slice_count
from app.schemas.requests import CreateRunRequest, PlayRequest, StepRequest, given
from app.state_bytes import from_bytes
from app.store import Run
from app.views import diagnostics, diagnostics_after, layers_view, parameters_view, run_view, shows_layers, status_view
from core.errors import InvalidInput, LimitExceeded
from core.training import begin, trace


def create(lab: Lab, body: CreateRunRequest) -> dict[str, Any]:
    """Make a run, and its step 0."""
    configuration = normalize(given(body), lab.limits)
    network, setup = build(configuration, lab.settings.data_dir)
    first = begin(network, setup.recipe, configuration["optimizer"]["learning_rate"], setup.data)
    if shown(first.state.loss) is None:
        raise InvalidInput("data", "With these numbers the first loss is not finite; give smaller ones.")
    run = lab.store.create(setup.configuration, configuration["preset"], first.state, first.evaluations)
    return run_view(lab, run, first.state)


def shown(number: float) -> float | None:
    """The number if JSON can hold it."""
    return number if abs(number) < float("inf") else None


def read(lab: Lab, key: str, shared: bool) -> dict[str, Any]:
    """Read a run."""
    run, blob = lab.store.find_with_head(lab.store.find(key, shared).id)
    return run_view(lab, run, from_bytes(blob), shared)


def _check_step(lab: Lab, run: Run, body: StepRequest) -> None:
    if body.count > lab.limits.steps_per_request:
        raise LimitExceeded("count", f"At most {lab.limits.steps_per_request} steps in one request.")
    if run.step + body.count > lab.limits.steps_per_run:
        raise LimitExceeded("count", f"A run has at most {lab.limits.steps_per_run} steps; it stands at {run.step}.")
    if body.expected_step is not None and body.expected_step != run.step:
        raise Conflict(f"The run stands at step {run.step}, not at {body.expected_step}. Nothing was done.")
    if body.learning_rate is not None:
        check_learning_rate("learning_rate", body.learning_rate, lab.limits)


def step(lab: Lab, run_id: str, body: StepRequest, left: Event | None = None) -> dict[str, Any]:
    """Make updates, store them, and tell every number of the last one; fewer when the client has left."""
    with lab.engine.lock(run_id):
        run, blob = lab.store.find_with_head(run_id)
        _check_step(lab, run, body)
        setup = lab.setup(run_id)
        with_layers = shows_layers(lab, setup, "layers" in body.include)
        rate = run.learning_rate if body.learning_rate is None else body.learning_rate
        state = with_rate(from_bytes(blob), rate)
        job = Job(state, setup, body.count, "loss_after" in body.include, run.grid, left)
        outcome = lab.engine.run(job, lab.limits.step_seconds)
        status = "playing" if lab.status_of(run) == "playing" else "paused"
        lab.store.append(run, outcome.change(), status, rate)
    _announce(lab, run, setup, outcome, status)
    return _step_view(run, setup, outcome, body.count, with_layers)


def _step_view(run: Run, setup: Setup, outcome: Outcome, count: int, with_layers: bool) -> dict[str, Any]:
    state = outcome.state
    layers = updated = None
    if with_layers:
        layers = layers_view(outcome.previous.network, *trace(outcome.previous, setup.recipe, setup.data))
        updated = parameters_view(state.network)
    return {
        "id": run.id,
        "step": state.step,
        "epoch": state.step // setup.steps_per_epoch,
        "loss": None if state.diverged else state.loss,
        "loss_step": state.loss_step,
        "completed": len(outcome.records) == count,
        "diverged": state.diverged,
        "diverged_at": state.observations.diverged_at,
        "diagnostics": diagnostics(state.observations, setup),
        "records": [vars(record) for record in outcome.records],
        "layers": layers,
        "updated": updated,
        "evaluations": [vars(evaluation) for evaluation in outcome.evaluations],
    }


def _announce(lab: Lab, run: Run, setup: Setup, outcome: Outcome, status: str) -> None:
    """Tell the streams what was stored."""
    if not lab.broker.is_watched(run.id):
        return
    state = outcome.state
    name = f"{run.generation}-{state.step}"
    control = [sse("evaluation", encode(vars(e)), f"{run.generation}-{e.step}") for e in outcome.evaluations]
    found = diagnostics_after(run.step, state.observations, setup)
    control += [sse("diagnostic", encode(diagnostic), name) for diagnostic in found]
    if state.diverged or status != run.status:
        now = lab.store.find(run.id)
        control.append(sse("status", encode(status_view(lab, now, setup)), name))
    lab.broker.publish(run.id, News(run.generation, state.step, record_news(outcome.records), tuple(control)))


def announce_status(lab: Lab, run_id: str, resets: bool = False) -> None:
    """Tell the streams how the run stands now."""
    if not lab.broker.is_watched(run_id):
        return
    run, setup = lab.store.find(run_id), lab.setup(run_id)
    event = sse("status", encode(status_view(lab, run, setup)), f"{run.generation}-{run.step}")
    lab.broker.publish(run_id, News(run.generation, run.step, (), (event,), resets))


def state_at(lab: Lab, key: str, shared: bool, k: int, include_layers: bool) -> dict[str, Any]:
    """The whole state at a step of the past."""
    run = lab.store.find(key, shared)
    setup = lab.setup(run.id)
    with_layers = shows_layers(lab, setup, include_layers)
    state = lab.state_at(run, k)
    record = history.records_after(lab.store, run.id, k - 1, 1) if k else []
    view: dict[str, Any] = {} if shared else {"id": run.id}
    view |= {
        "step": k,
        "epoch": k // setup.steps_per_epoch,
        "loss": None if state.diverged else state.loss,
        "loss_step": state.loss_step,
        "learning_rate": state.learning_rate,
        "diverged": state.diverged,
        "diverged_at": state.observations.diverged_at,
        "diagnostics": diagnostics(state.observations, setup),
        "record": record[0] if record else None,
        "layers": None,
        "parameters": None,
    }
    if with_layers:
        view["parameters"] = parameters_view(state.network)
        view["layers"] = layers_view(state.network, *trace(state, setup.recipe, setup.data))
    return view


def losses(lab: Lab, key: str, shared: bool, since: int, limit: int, evaluations_only: bool) -> dict[str, Any]:
    """Records and evaluations after a step."""
    if limit > lab.limits.loss_page:
        raise LimitExceeded("query.limit", f"At most {lab.limits.loss_page} records in one answer; follow `next`.")
    run = lab.store.find(key, shared)
    evaluations = history.evaluations_after(lab.store, run.id, since, lab.limits.loss_page)
    if evaluations_only:
        more = len(evaluations) == lab.limits.loss_page
        return {"records": [], "evaluations": evaluations, "next": evaluations[-1]["step"] if more else None}
    found = history.records_after(lab.store, run.id, since, limit)
    last = found[-1]["step"] if found else since
    more = len(found) == limit and last < run.step
    if more:
        evaluations = [e for e in evaluations if e["step"] <= last]
    return {"records": found, "evaluations": evaluations, "next": last if more else None}


def rewind(lab: Lab, run_id: str, k: int) -> dict[str, Any]:
    """Go back to a step and forget what came after."""
    lab.store.find(run_id)
    lab.players.stop(run_id)
    with lab.engine.lock(run_id):
        run = lab.store.find(run_id)
        lab.store.rewind(run, lab.state_at(run, k))
    announce_status(lab, run_id, resets=True)
    return read(lab, run_id, False)


def branch(lab: Lab, run_id: str, k: int | None) -> dict[str, Any]:
    """Start a second run from a step of this one."""
    with lab.engine.lock(run_id):
        run = lab.store.find(run_id)
        state = lab.state_at(run, run.step if k is None else k)
        new = lab.store.branch(run, lab.setup(run_id).configuration, state)
    return read(lab, new.id, False)


def play(lab: Lab, run_id: str, body: PlayRequest) -> dict[str, Any]:
    """Train in the background, or change how."""
    if body.learning_rate is not None:
        check_learning_rate("learning_rate", body.learning_rate, lab.limits)
    run = lab.store.find(run_id)
    if run.diverged_at is not None:
        raise Conflict(f"The run diverged at step {run.diverged_at}. Rewind it first.")
    if body.until_step is not None and body.until_step <= run.step:
        raise Conflict(f"The run stands at step {run.step}; until_step must be larger.")
    lab.setup(run_id)
    lab.players.check_room(run_id)
    with lab.engine.lock(run_id):
        values: dict[str, Any] = {"status": "playing"}
        if "rate" in body.model_fields_set or lab.status_of(run) != "playing":
            values["rate"] = body.rate
        if body.learning_rate is not None:
            values["learning_rate"] = body.learning_rate
        lab.store.set_status(run_id, **values)
        lab.players.start(run_id, body.until_step)
    announce_status(lab, run_id)
    return read(lab, run_id, False)


def pause(lab: Lab, run_id: str) -> dict[str, Any]:
    """Stop playing after the slice under way."""
    lab.players.stop(run_id)
    give_up(lab, run_id)
    return read(lab, run_id, False)


def give_up(lab: Lab, run_id: str) -> None:
    """Note that a run no longer plays."""
    with lab.engine.lock(run_id):
        run = lab.store.find(run_id)
        if run.status != "playing" or lab.players.plays(run_id):
            return
        try:
            lab.store.set_status(run_id, status="paused" if run.step else "ready", rate=None)
        finally:
            announce_status(lab, run_id)


def play_slice(lab: Lab, player: Player) -> tuple[Run, int] | None:
    """Train one slice of a playing run and store it; None when it is over."""
    with lab.engine.lock(player.run_id):
        if player.stop.is_set():
            return None
        run, blob = lab.store.find_with_head(player.run_id)
        count = min(slice_count(player, run), lab.limits.steps_per_run - run.step)
        if run.status != "playing" or count < 1:
            player.stop.set()
            if run.status == "playing":
                lab.store.set_status(run.id, status="paused", rate=None)
            return None
        setup = lab.setup(run.id)
        state = with_rate(from_bytes(blob), run.learning_rate)
        outcome = lab.engine.run(Job(state, setup, count, False, run.grid), lab.limits.step_seconds)
        over = outcome.state.diverged or outcome.state.step in (player.until_step, lab.limits.steps_per_run)
        lab.store.append(run, outcome.change(), "paused" if over else "playing", run.learning_rate)
        if over:
            # under the lock: whoever lets it play again from now on starts another player
            player.stop.set()
    _announce(lab, run, setup, outcome, "paused" if over else "playing")
    return None if over else (run, len(outcome.records))


def delete(lab: Lab, run_id: str) -> None:
    """Remove a run."""
    lab.players.stop(run_id)
    with lab.engine.lock(run_id):
        lab.store.delete(run_id)
    lab.broker.publish(run_id, News(0, 0, ends=True))
