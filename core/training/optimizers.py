"""Update rules: update(θ, g, slots, k, η) → (θ, slots) (slides 34, 39–40), written as PyTorch documents them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from core.network.activations import Array
from core.network.layers import Gradients, Layer, Network, parameters
from core.training.hyperparameters import Hyperparameter, values_of

# what a rule remembers of one array θ, and of all arrays of a network in the order of `parameters`, by name
Memory = Mapping[str, Array]
Slots = Mapping[str, tuple[Array, ...]]


@dataclass(frozen=True)
class Slot:
    """One array that a rule remembers for each parameter array, zeros at the start: its letter in the formula."""

    name: str
    symbol: str
    label: str


@dataclass(frozen=True)
class Optimizer:
    """One update rule.

    Attributes
    ----------
    update : callable
        (θ, g, memory, k, η, **hyperparameters) → (θ, memory); k counts updates from 1; nothing is changed in place.
    formula : str
        LaTeX, with g for the gradient.
    slots : tuple of Slot
    hyperparameters : tuple of Hyperparameter
    learning_rate : float
        PyTorch's default, where to start from.
    """

    name: str
    label: str
    update: Callable[..., tuple[Array, Memory]]
    formula: str
    slots: tuple[Slot, ...] = ()
    hyperparameters: tuple[Hyperparameter, ...] = ()
    learning_rate: float = 1e-3

    @property
    def has_velocity(self) -> bool:
        """Whether it remembers something from one update to the next."""
        return bool(self.slots)


@dataclass(frozen=True)
class OptimizerSettings:
    """Which update rule, and the hyperparameters that differ from its defaults."""

    method: str = "gradient_descent"
    hyperparameters: Mapping[str, float] = field(default_factory=dict)

    def start(self, theta: Array) -> Memory:
        """Return the zeros that the rule remembers before the first update of θ."""
        return {slot.name: np.zeros_like(theta) for slot in OPTIMIZERS[self.method].slots}

    def update(self, theta: Array, g: Array, memory: Memory, k: int, eta: float) -> tuple[Array, Memory]:
        """Move θ once.

        Parameters
        ----------
        theta, g : arrays of one shape
            Parameters and ∂L/∂θ.
        memory : mapping of str to array
            What the last update returned, or `start(theta)`.
        k : int
            The number of this update, from 1.
        eta : float
            Learning rate.

        Returns
        -------
        (array, mapping of str to array)
            New values in θ's precision; the old ones are untouched.
        """
        rule = OPTIMIZERS[self.method]
        return rule.update(theta, g, memory, k, eta, **values_of(rule.hyperparameters, self.hyperparameters))


def _gradient_descent(theta: Array, g: Array, memory: Memory, k: int, eta: float) -> tuple[Array, Memory]:
    return theta - eta * g, {}


def _momentum(
    theta: Array, g: Array, memory: Memory, k: int, eta: float, momentum: float
) -> tuple[Array, Memory]:  # fmt: skip
    v = momentum * memory["velocity"] + g
    return theta - eta * v, {"velocity": v}


def _nesterov(
    theta: Array, g: Array, memory: Memory, k: int, eta: float, momentum: float
) -> tuple[Array, Memory]:  # fmt: skip
    v = momentum * memory["velocity"] + g
    return theta - eta * (g + momentum * v), {"velocity": v}


def _adagrad(theta: Array, g: Array, memory: Memory, k: int, eta: float, eps: float) -> tuple[Array, Memory]:
    s = memory["sum_of_squares"] + g * g
    return theta - eta * g / (np.sqrt(s) + eps), {"sum_of_squares": s}


def _rmsprop(
    theta: Array, g: Array, memory: Memory, k: int, eta: float, alpha: float, eps: float
) -> tuple[Array, Memory]:  # fmt: skip
    v = alpha * memory["mean_of_squares"] + (1 - alpha) * g * g
    return theta - eta * g / (np.sqrt(v) + eps), {"mean_of_squares": v}


def _adam(
    theta: Array, g: Array, memory: Memory, k: int, eta: float, beta1: float, beta2: float, eps: float
) -> tuple[Array, Memory]:
    m = beta1 * memory["first_moment"] + (1 - beta1) * g
    v = beta2 * memory["second_moment"] + (1 - beta2) * g * g
    m_hat, v_hat = m / (1 - beta1**k), v / (1 - beta2**k)
    return theta - eta * m_hat / (np.sqrt(v_hat) + eps), {"first_moment": m, "second_moment": v}


_MOMENTUM = Hyperparameter("momentum", r"\beta", "momentum", 0.9, 0, 1, open_above=True)
_VELOCITY = Slot("velocity", "v", "velocity")


def _decay(name: str, symbol: str, label: str, default: float) -> Hyperparameter:
    return Hyperparameter(name, symbol, label, default, 0, 1, open_above=True)


def _eps(default: float) -> Hyperparameter:
    return Hyperparameter("eps", r"\epsilon", "against division by zero", default, 0, 1, open_below=True)


_ALL = (
    Optimizer(
        "gradient_descent",
        "gradient descent",
        _gradient_descent,
        r"W \leftarrow W - \eta \frac{\partial L}{\partial W}",
    ),
    Optimizer(
        "momentum",
        "gradient descent with momentum",
        _momentum,
        r"v \leftarrow \beta v + \frac{\partial L}{\partial W},\quad W \leftarrow W - \eta v",
        (_VELOCITY,),
        (_MOMENTUM,),
    ),
    Optimizer(
        "nesterov",
        "Nesterov momentum",
        _nesterov,
        r"v \leftarrow \beta v + g,\quad W \leftarrow W - \eta\,(g + \beta v),\quad g = \frac{\partial L}{\partial W}",
        (_VELOCITY,),
        (_MOMENTUM,),
    ),
    Optimizer(
        "adagrad",
        "AdaGrad",
        _adagrad,
        r"s \leftarrow s + g^2,\quad W \leftarrow W - \eta \frac{g}{\sqrt{s} + \epsilon},\quad "
        r"g = \frac{\partial L}{\partial W}",
        (Slot("sum_of_squares", "s", "sum of squared gradients"),),
        (_eps(1e-10),),
        1e-2,
    ),
    Optimizer(
        "rmsprop",
        "RMSProp",
        _rmsprop,
        r"v \leftarrow \alpha v + (1 - \alpha)\,g^2,\quad W \leftarrow W - \eta \frac{g}{\sqrt{v} + \epsilon},\quad "
        r"g = \frac{\partial L}{\partial W}",
        (Slot("mean_of_squares", "v", "moving mean of squared gradients"),),
        (_decay("alpha", r"\alpha", "decay of the mean of squares", 0.99), _eps(1e-8)),
        1e-2,
    ),
    Optimizer(
        "adam",
        "Adam",
        _adam,
        r"m \leftarrow \beta_1 m + (1 - \beta_1)\,g,\quad v \leftarrow \beta_2 v + (1 - \beta_2)\,g^2,\quad "
        r"W \leftarrow W - \eta \frac{m / (1 - \beta_1^k)}{\sqrt{v / (1 - \beta_2^k)} + \epsilon},\quad "
        r"g = \frac{\partial L}{\partial W}",
        (Slot("first_moment", "m", "moving mean of gradients"), Slot("second_moment", "v", "moving mean of squares")),
        (
            _decay("beta1", r"\beta_1", "decay of the mean", 0.9),
            _decay("beta2", r"\beta_2", "decay of the mean of squares", 0.999),
            _eps(1e-8),
        ),
    ),
)

OPTIMIZERS: dict[str, Optimizer] = {optimizer.name: optimizer for optimizer in _ALL}


def initial_slots(settings: OptimizerSettings, network: Network) -> Slots:
    """Zeros for every slot of the rule, one array for each of `parameters`."""
    return _by_name(settings, [settings.start(theta) for theta in parameters(network)])


def _by_name(settings: OptimizerSettings, memories: list[Memory]) -> Slots:
    names = [slot.name for slot in OPTIMIZERS[settings.method].slots]
    return {name: tuple(memory[name] for memory in memories) for name in names}


def update(
    settings: OptimizerSettings, network: Network, gradients: Gradients, slots: Slots, k: int, eta: float
) -> tuple[Network, Slots]:
    """Apply one update to every parameter.

    Parameters
    ----------
    settings : OptimizerSettings
    network : Network
    gradients : Gradients
    slots : mapping of str to tuple of arrays
        What is remembered, in the order of `parameters`.
    k : int
        The number of this update, from 1.
    eta : float
        Learning rate.

    Returns
    -------
    (Network, mapping of str to tuple of arrays)
        New values; the old ones are untouched.
    """
    memories: list[Memory] = []

    def step(theta: Array, gradient: Array) -> Array:
        here = {name: arrays[len(memories)] for name, arrays in slots.items()}
        moved, memory = settings.update(theta, gradient, here, k, eta)
        memories.append(memory)
        return moved

    layers = []
    for layer, dW, db in zip(network.layers, gradients.dW, gradients.db, strict=True):
        W = step(layer.W, dW)
        b = None if layer.b is None or db is None else step(layer.b, db)
        layers.append(Layer(W, b, layer.activation))
    return Network(tuple(layers)), _by_name(settings, memories)
