"""How a run looks from outside."""

import json
from typing import Any

from app.backend import Backend
from app.errors import too_large
from app.store.rows import Run
from app.store.snapshot import Snapshot
from core.network.layers import ForwardPass, Gradients, Network
from core.training.diagnostics import Observations, diagnose
from core.training.setup import Setup
from core.training.state import State

LOSS_POINTS = 1000
DEFAULT_VALUES = 20_000


def diagnostics(seen: Observations, setup: Setup) -> list[dict[str, Any]]:
    """Facts in words, with their numbers."""
    found = diagnose(seen, setup.steps_per_epoch)
    return [{"kind": d.kind, "step": d.step, "message": d.message, **d.details} for d in found]


def diagnostics_after(step: int, seen: Observations, setup: Setup) -> list[dict[str, Any]]:
    """Only what happened after a step."""
    return [d for d in diagnostics(seen, setup) if max(d["step"], d.get("last_step", 0)) > step]


def run_view(backend: Backend, now: Snapshot, run: Run, state: State, shared: bool = False) -> dict[str, Any]:
    """All about a run; who only has the share id does not learn the id."""
    setup = backend.setup(run.id)
    configuration = configuration_view(setup)
    network, optimizer = configuration["network"], configuration["optimizer"]
    start = network["initialization"]
    losses = now.decimated_losses(run.id, run.step, LOSS_POINTS - 1)
    if run.loss_step == run.step:
        losses.append({"step": run.step, "loss": shown_loss(run)})
    view = {
        "id": run.id,
        "share_id": run.share_id,
        "step": run.step,
        "epoch": run.step // setup.steps_per_epoch,
        "steps_per_epoch": setup.steps_per_epoch,
        "loss": shown_loss(run),
        "loss_step": run.loss_step,
        "status": backend.status_of(run),
        "parameters": setup.parameters,
        **_divergence(now, run, setup),
        "diagnostics": diagnostics(state.observations, setup),
        "network": {**network, "initialization": {name: value for name, value in start.items() if value is not None}},
        "optimizer": {**optimizer, "learning_rate": run.learning_rate},
        "loss_function": configuration["loss"],
        "batch_size": configuration["batch_size"],
        "precision": configuration["precision"],
        "samples": setup.samples,
        "dataset": setup.dataset,
        "labelled": setup.labelled,
        "preset": run.preset,
        "configuration": configuration,
        "losses": losses,
        "evaluation": now.newest_evaluation(run.id),
        "rate": run.rate,
        "generation": run.generation,
        "created_at": run.created_at,
    }
    if shared:
        del view["id"]
    return view


def _divergence(now: Snapshot, run: Run, setup: Setup) -> dict[str, Any]:
    """Whether a run diverged and what did it: the last step to which the loss fell, the largest η since."""
    if run.diverged_at is None:
        return {"diverged": False, "diverged_at": None, "divergence": None}
    fall = now.last_fall(run.id, whole=setup.steps_per_epoch == 1)
    found = {"last_fall": fall, "learning_rate": now.largest_rate(run.id, fall) or run.learning_rate}
    return {"diverged": True, "diverged_at": run.diverged_at, "divergence": found}


def configuration_view(setup: Setup) -> dict[str, Any]:
    """What a run was made from, as `POST /runs` takes it; in which format it is stored is the store's affair."""
    found: dict[str, Any] = json.loads(setup.configuration)
    del found["format"]
    return found


def shown_loss(run: Run) -> float | None:
    """No loss for a run whose numbers are not finite."""
    return None if run.diverged_at is not None else run.loss


def status_view(backend: Backend, run: Run, setup: Setup) -> dict[str, Any]:
    """What a status event says."""
    return {
        "status": backend.status_of(run),
        "step": run.step,
        "epoch": run.step // setup.steps_per_epoch,
        "loss": shown_loss(run),
        "learning_rate": run.learning_rate,
        "diverged_at": run.diverged_at,
        "rate": run.rate,
        "generation": run.generation,
    }


def parameters_view(network: Network) -> list[dict[str, Any]]:
    """Weights and biases, layer by layer."""
    return [{"weights": layer.W, "biases": layer.b} for layer in network.layers]


def layers_view(network: Network, passed: ForwardPass, gradients: Gradients) -> list[dict[str, Any]]:
    """Every number of one update, layer by layer."""
    columns = zip(network.layers, passed.z, passed.h[1:], gradients.delta, gradients.dW, gradients.db, strict=True)
    return [
        {
            "weights": layer.W,
            "biases": layer.b,
            "pre_activations": z,
            "activations": h,
            "deltas": delta,
            "weight_gradients": dW,
            "bias_gradients": db,
        }
        for layer, z, h, delta, dW, db in columns
    ]


def shows_layers(backend: Backend, setup: Setup, asked: bool) -> bool:
    """Whether an answer carries full layers: small networks always, larger ones when asked for."""
    values = 3 * setup.parameters + 3 * setup.rows * sum(setup.layer_sizes[1:])
    if asked and values > backend.limits.response_values:
        raise too_large("include", f"layers would be {values} numbers; at most {backend.limits.response_values}.")
    return asked or (setup.parameters <= backend.limits.default_layer_parameters and values <= DEFAULT_VALUES)
