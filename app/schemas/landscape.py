"""Asking for the loss around a network's parameters, and the answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.descent import MOST_RACERS, UpdatePartsAnswer, UpdateRule
from app.schemas.optimizer import OptimizerRequest
from app.schemas.runs import CreateRunRequest
from app.schemas.validation import Number, Seed, Strict

MOST_RACE_STEPS = 500
WIDEST = 1e100  # lengths of an axis; its ends are numbers still


class CurvatureAnswer(BaseModel):
    """The ends of the spectrum of the Hessian of L over the training samples, and what they say about η."""

    step: int = Field(description="The step whose parameters these are.", examples=[0])
    largest_eigenvalue: float | None = Field(
        description="λ, with its sign; null where a number is not finite.", examples=[46.7803]
    )
    smallest_eigenvalue: float | None = Field(examples=[-6.97])
    eigenvector: list[float | None] | None = Field(
        description="Of the largest, of length 1; W by rows, then b, layer by layer; null above 20 000 parameters.",
        examples=[[0.1, -0.2]],
    )
    speed_limit: float | None = Field(
        description="2/λ: on a parabola gradient descent is stable below it; null where nothing bends up.",
        examples=[0.0428],
    )
    gradient_norm: float | None = Field(description="‖g‖", examples=[16.6])
    curvature_along_gradient: float | None = Field(description="gᵀHg / gᵀg; null where g = 0.", examples=[44.7])
    best_learning_rate: float | None = Field(
        description="gᵀg / gᵀHg, the lowest point of the parabola along −g; null where it has none.", examples=[0.0224]
    )
    iterations: int = Field(
        description="Products of the Hessian with a vector, as many as about a second allows.", examples=[21]
    )
    residual: float | None = Field(description="The larger one of ‖Hv − λv‖ over both ends.", examples=[1e-13])
    samples: int = Field(examples=[1])


class HessianAnswer(BaseModel):
    """Every second derivative of L over the training samples."""

    step: int = Field(examples=[0])
    parameters: list[str] = Field(
        description="Row and column by row and column; layers from 1.",
        examples=[["1.weights[0][0]", "1.weights[0][1]"]],
    )
    values: list[list[float]] = Field(description="∂²L/∂θ_i ∂θ_j", examples=[[[1, 2], [2, 4]]])
    blocks: list[list[int]] = Field(
        description="Rows that hang together: between two blocks all is exactly 0.", examples=[[[0, 1]]]
    )
    eigenvalues: list[float] = Field(description="From the largest down.", examples=[[5, 0]])
    eigenvectors: list[list[float]] = Field(
        description="Row i belongs to eigenvalue i, of length 1, within one block.", examples=[[[0.447, 0.894]]]
    )
    gradient: list[float] = Field(description="∂L/∂θ_i", examples=[[6, 12]])
    gradient_along: list[float] = Field(description="Its part along each eigenvector.", examples=[[13.4, 0]])
    learning_rate: float = Field(description="η of the next update.", examples=[0.1])
    factors: list[float] = Field(
        description="1 − ηλ: by what a step of gradient descent multiplies that part, where L is a parabola.",
        examples=[[0.5, 1]],
    )
    samples: int = Field(examples=[1])


class SharpnessAnswer(BaseModel):
    """λ at one step of a run, and the update that led there."""

    step: int = Field(examples=[10])
    largest_eigenvalue: float | None = Field(
        description="λ, the largest eigenvalue of the Hessian of L; null where a number is not finite.", examples=[9.87]
    )
    residual: float | None = Field(description="‖Hv − λv‖; the error of λ is about its square.", examples=[1e-4])
    iterations: int = Field(description="Products of the Hessian with a vector.", examples=[4])
    learning_rate: float = Field(description="η of the update that led here; at step 0 the run's.", examples=[0.2])
    stability_threshold: float | None = Field(
        description="The λ above which this update rule overshoots on a parabola: 2/η of gradient descent, "
        "2 (1 + β)/η of momentum; null of other rules.",
        examples=[10],
    )
    swing: float | None = Field(
        description="|vᵀ(θ_k − θ_{k−1})|: how far this update went along the sharpest direction v; null at step 0.",
        examples=[0.003],
    )


class FirstSharpnessRequest(CreateRunRequest):
    """A run's configuration, and on how many of its samples λ is taken. Nothing is stored."""

    samples: int | None = Field(
        None, ge=1, le=2**31 - 1, description="So many training samples, evenly spread; all unless given."
    )

    model_config = ConfigDict(json_schema_extra={"examples": [{"preset": "lab-two-layer"}]})


class CurvaturesAnswer(BaseModel):
    """λ along a run."""

    generation: int = Field(description="It grows whenever the run is rewound.", examples=[0])
    curvatures: list[SharpnessAnswer] = Field(description="In the order of the steps.")
    next: int | None = Field(
        description="The first step for which there was no time; ask again from there. Null when all are here.",
        examples=[None],
    )
    samples: int = Field(examples=[20])


class KinkAnswer(BaseModel):
    """A unit that switches on the way: its pre-activation crosses 0."""

    learning_rate: float = Field(examples=[7 / 30])
    layer: int = Field(description="From 1.", examples=[1])
    unit: int = Field(description="From 0.", examples=[0])
    sample: int = Field(description="From 0, among the samples used.", examples=[0])


class LineAnswer(BaseModel):
    """The loss after one step of gradient descent, as a function of its learning rate."""

    step: int = Field(description="The step whose parameters these are.", examples=[0])
    learning_rates: list[float] = Field(description="As they were asked for.", examples=[[0, 0.1, 0.2]])
    loss: list[float | None] = Field(
        description="The true loss there; null where it is not finite.", examples=[[32.5, 8.125, 0]]
    )
    parabola: list[float | None] = Field(
        description="L − η gᵀg + ½ η² gᵀHg: the loss as gradient and curvature alone predict it.",
        examples=[[32.5, 8.125, 0]],
    )
    best_learning_rate: float | None = Field(
        description="The lowest point of the parabola; null where it has none.", examples=[0.2]
    )
    gradient_norm: float | None = Field(description="‖g‖", examples=[18.03])
    curvature_along_gradient: float | None = Field(description="gᵀHg / gᵀg; null where g = 0.", examples=[5])
    kinks: list[KinkAnswer] = Field(
        description="Where a unit's f′ jumps, up to the largest learning rate, the first 1000 in order. Exact: a "
        "quotient in the first layer, roots of a polynomial from kink to kink behind ReLU and linear layers; behind "
        "smooth activations bisected between 257 points, so that two crossings between two points are missed."
    )
    kinks_count: int = Field(description="How many there are.", examples=[1])
    layers_not_searched: list[int] = Field(description="Layers (from 1) that were too much work.", examples=[[]])
    samples: int = Field(examples=[1])


class RaceRequest(Strict):
    """Several update rules from one start."""

    racers: list[OptimizerRequest] = Field(
        min_length=1,
        max_length=MOST_RACERS,
        description="Each as `optimizer` of a run; learning rate 0.1 unless given. None remembers anything yet.",
        examples=[[{"learning_rate": 0.02}, {"method": "momentum", "learning_rate": 0.02}]],
    )
    steps: int = Field(default=50, ge=1, le=MOST_RACE_STEPS, description="Updates of each.", examples=[50])
    start: list[Number] | None = Field(
        default=None,
        min_length=2,
        max_length=2,
        description="Where on the plane all begin, in its coordinates; the step's own parameters unless given.",
        examples=[None],
    )
    include: list[Literal["updates"]] = Field(
        default_factory=list, description="Every update in its parts.", examples=[["updates"]]
    )


class LandscapeRequest(Strict):
    """A plane or a line through the parameters of a run, and how finely to look at it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"directions": "random", "seed": 0, "resolution": 25}]})

    directions: Literal["weights", "random", "trajectory", "sharpest", "steps", "race"] = Field(
        description="weights: two parameters by name; random: two drawn ones, normalized filter by filter; trajectory: "
        "principal components of the run's own states about this one; sharpest: the gradient and the direction of "
        "largest curvature; steps: the straight line between two steps; race: principal components of the states of a "
        "race about its start.",
        examples=["random"],
    )
    parameters: list[Annotated[str, Field(max_length=60)]] | None = Field(
        default=None,
        min_length=1,
        max_length=2,
        description="Names of parameters for `weights`, layers counted from 1; unless given, those along which "
        "the loss is steepest.",
        examples=[None],
    )
    seed: Seed = Field(default=0, description="Of random directions.", examples=[0])
    span: Number | None = Field(
        default=None,
        gt=0,
        le=WIDEST,
        description="Half the width of the plane, in lengths of its axes; unless given, as wide as is useful.",
        examples=[None],
    )
    resolution: (
        Annotated[int, Field(ge=2)] | Annotated[list[Annotated[int, Field(ge=2)]], Field(min_length=1, max_length=2)]
    ) = Field(
        default=51,
        description="Points a side; [n] for a line along the first axis, [n, m] for n columns and m rows.",
        examples=[25],
    )
    samples: int | None = Field(
        default=None,
        ge=1,
        description="So many training samples, evenly spread; at most 5000 unless given.",
        examples=[None],
    )
    step: int | None = Field(
        default=None, ge=0, le=2**62, description="A step of the past; the newest unless given.", examples=[None]
    )
    directions_step: int | None = Field(
        default=None,
        ge=0,
        le=2**62,
        description="The step whose state gives the directions, so that planes of several steps can be compared; "
        "`step` unless given. Not for `steps` and `race`.",
        examples=[None],
    )
    steps: list[Annotated[int, Field(ge=0, le=2**62)]] | None = Field(
        default=None, min_length=2, max_length=2, description="Two steps for `steps`: x = 0 and x = 1.", examples=[None]
    )
    race: RaceRequest | None = Field(default=None, description="Update rules that start from here.", examples=[None])


class FirstLandscapeRequest(LandscapeRequest, CreateRunRequest):
    """A run's configuration, and what to look at around its start. Nothing is stored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "preset": "lab-two-layer",
                    "directions": "race",
                    "race": {"racers": [{"learning_rate": 0.02}, {"method": "adam", "learning_rate": 0.02}]},
                    "resolution": 25,
                }
            ]
        }
    )


class AxisAnswer(BaseModel):
    """An axis of the plane."""

    name: str = Field(examples=["random direction 1"])
    norm: float = Field(description="How far 1 on this axis is in the space of parameters.", examples=[2.4])
    zero: bool = Field(description="Whether there is no such direction: the loss is the same all along.")
    zero_rows: list[str] = Field(
        description="Rows that are 0 in the network, so that a normalized direction leaves them alone.",
        examples=[["1.biases", "2.biases"]],
    )


class TrajectoryPointAnswer(BaseModel):
    """A state of the run, beside the plane."""

    step: int = Field(examples=[0])
    x: float = Field(description="Of the nearest point of the plane, by least squares.", examples=[0.4])
    y: float = Field(description="0 on a line.", examples=[-0.1])
    loss: float | None = Field(description="The state's own loss, not that of the plane.", examples=[3.48])
    distance: float = Field(description="How far off the plane it is.", examples=[1.2])


class PlaneGradientAnswer(BaseModel):
    """What of the gradient can be seen on the plane."""

    coordinates: list[float] = Field(description="Of its projection, on the axes.", examples=[[1.5, -2.0]])
    norm: float = Field(description="‖g‖, in all directions.", examples=[16.6])
    share: float | None = Field(description="‖projection‖ / ‖g‖; null where g = 0.", examples=[0.12])


class RacerAnswer(BaseModel):
    """An update rule from the common start."""

    optimizer: UpdateRule
    points: list[TrajectoryPointAnswer] = Field(
        description="Its states beside the plane, the start first, as far as they are finite."
    )
    updates: list[UpdatePartsAnswer] | None = Field(
        description="From each state to the next; null unless asked for, and where not every state is here.",
        examples=[None],
    )
    diverged_at: int | None = Field(
        description="The update after which a number was not finite; null where none was.", examples=[None]
    )


class RaceAnswer(BaseModel):
    """A race: the same start, samples and batches for all."""

    steps: int = Field(examples=[50])
    racers: list[RacerAnswer]
    share: float | None = Field(
        description="The share of Σ‖θ_k − θ_0‖² of all racers that lies in the plane; null where none has moved.",
        examples=[0.9],
    )


class ClippedAnswer(BaseModel):
    """Points whose loss is too large for a number."""

    count: int = Field(examples=[3])
    value: float | None = Field(description="What stands there: the largest loss of the others.", examples=[1e12])


class LandscapeAnswer(BaseModel):
    """The loss over a plane, or a line, through the parameters of a step."""

    step: int = Field(description="The step that all of this holds for.", examples=[0])
    generation: int = Field(description="It grows whenever the run is rewound.", examples=[0])
    directions: str = Field(examples=["random"])
    directions_step: int = Field(description="The step whose state gave the directions.", examples=[0])
    x: list[float]
    y: list[float] = Field(description="One number on a line.")
    loss: list[list[float | None]] = Field(description="Row i is at y[i].")
    center: list[float] = Field(description="The coordinates of the step itself.", examples=[[0, 0]])
    center_loss: float | None = Field(description="The loss there, on these samples.", examples=[3.48])
    axes: list[AxisAnswer]
    angle: float | None = Field(description="Between the axes, in degrees; null where one is zero.", examples=[90.4])
    explained_variance: list[float] | None = Field(
        description="Of `trajectory` and `race`: the share of Σ‖θ_k − θ‖² along each axis.", examples=[None]
    )
    largest_eigenvalue: float | None = Field(description="λ, of `sharpest`.", examples=[None])
    gradient: PlaneGradientAnswer
    parameters: int = Field(description="Directions that there are; a plane shows two of them.", examples=[21])
    trajectory: list[TrajectoryPointAnswer] = Field(description="Up to 61 states, from step 0 to this one.")
    trajectory_share: float | None = Field(
        description="The share of Σ‖θ_k − θ‖² that lies in the plane; null before the first step.", examples=[0.07]
    )
    clipped: ClippedAnswer | None = Field(description="Where the loss overflows; null where it does not.")
    race: RaceAnswer | None = Field(description="Null unless asked for.", examples=[None])
    samples: int = Field(examples=[1])


class LandscapeJobAnswer(BaseModel):
    """A landscape that is being computed."""

    job: str = Field(description="The last part of its address, which `Location` names.", examples=["b2f1"])
    progress: float = Field(description="From 0 to 1.", examples=[0.4])
