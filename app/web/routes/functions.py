"""Routes that look at a typed function; nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from app.functions import calls
from app.schemas.chain import ChainAnswer, ChainRequest
from app.schemas.derivative import DerivativeAnswer, DerivativeRequest
from app.schemas.descent import DescentAnswer, DescentRequest, RaceOnFunctionAnswer, RaceOnFunctionRequest
from app.schemas.gradient import GradientAnswer, GradientRequest
from app.schemas.jacobian import JacobianAnswer, JacobianRequest
from app.web.routes.access import BackendParameter, json_response, problems
from core.lecture.examples import EXAMPLES
from core.lecture.surfaces import SURFACES

router = APIRouter(prefix="/functions", tags=["functions"], responses=problems(403, 413, 422, 429, 503))


RACES: Any = {each.name: {"summary": each.title, "value": each.race} for each in SURFACES.values()}


def _examples(call: str) -> Any:
    found = [example for example in EXAMPLES if example.call == call]
    return Body(openapi_examples={each.name: {"summary": each.title, "value": each.request} for each in found})


@router.post("/derivative", response_model=DerivativeAnswer)
async def differentiate(
    backend: BackendParameter, body: Annotated[DerivativeRequest, _examples("derivative")]
) -> Response:
    """Secant, tangent and the limit between them, for a function of one variable."""
    return json_response(await calls.derivative(backend, body))


@router.post("/gradient", response_model=GradientAnswer)
async def find_gradient(backend: BackendParameter, body: Annotated[GradientRequest, _examples("gradient")]) -> Response:
    """Partial derivatives and the gradient of a function of two variables."""
    return json_response(await calls.gradient(backend, body))


@router.post("/jacobian", response_model=JacobianAnswer)
async def find_jacobian(backend: BackendParameter, body: Annotated[JacobianRequest, _examples("jacobian")]) -> Response:
    """The Jacobian of one to four functions, and what it does to a grid and to a small square."""
    return json_response(await calls.jacobian(backend, body))


@router.post("/chain", response_model=ChainAnswer)
async def apply_chain_rule(backend: BackendParameter, body: Annotated[ChainRequest, _examples("chain")]) -> Response:
    """The chain rule: both slopes, their product, and the composite's own slope."""
    return json_response(await calls.chain(backend, body))


@router.post("/descent", response_model=DescentAnswer)
async def descend(backend: BackendParameter, body: Annotated[DescentRequest, _examples("descent")]) -> Response:
    """Gradient descent on a function of one or two variables."""
    return json_response(await calls.descent(backend, body))


@router.post("/race", response_model=RaceOnFunctionAnswer)
async def race_on_a_function(
    backend: BackendParameter, body: Annotated[RaceOnFunctionRequest, Body(openapi_examples=RACES)]
) -> Response:
    """Several update rules from one start on a function of one or two variables, each update in its parts."""
    return json_response(await calls.race(backend, body))
