"""Routes that look at a typed function; nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Response

from app import functions
from app.encoding import json_response
from app.routes.access import LabParameter, problems
from app.schemas.function_answers import ChainAnswer, DerivativeAnswer, DescentAnswer, GradientAnswer, JacobianAnswer
from app.schemas.functions import ChainRequest, DerivativeRequest, DescentRequest, GradientRequest, JacobianRequest
from core.calculus_examples import EXAMPLES

router = APIRouter(prefix="/functions", tags=["functions"], responses=problems(413, 422, 429, 503))


def _examples(call: str) -> Any:
    found = [example for example in EXAMPLES if example.call == call]
    return Body(openapi_examples={each.name: {"summary": each.title, "value": each.request} for each in found})


@router.post("/derivative", response_model=DerivativeAnswer)
async def differentiate(lab: LabParameter, body: Annotated[DerivativeRequest, _examples("derivative")]) -> Response:
    """Secant, tangent and the limit between them, for a function of one variable."""
    return json_response(await functions.derivative(lab, body))


@router.post("/gradient", response_model=GradientAnswer)
async def find_gradient(lab: LabParameter, body: Annotated[GradientRequest, _examples("gradient")]) -> Response:
    """Partial derivatives and the gradient of a function of two variables."""
    return json_response(await functions.gradient(lab, body))


@router.post("/jacobian", response_model=JacobianAnswer)
async def find_jacobian(lab: LabParameter, body: Annotated[JacobianRequest, _examples("jacobian")]) -> Response:
    """The Jacobian of one to four functions, and what it does to a grid and to a small square."""
    return json_response(await functions.jacobian(lab, body))


@router.post("/chain", response_model=ChainAnswer)
async def apply_chain_rule(lab: LabParameter, body: Annotated[ChainRequest, _examples("chain")]) -> Response:
    """The chain rule: both slopes, their product, and the composite's own slope."""
    return json_response(await functions.chain(lab, body))


@router.post("/descent", response_model=DescentAnswer)
async def descend(lab: LabParameter, body: Annotated[DescentRequest, _examples("descent")]) -> Response:
    """Gradient descent on a function of one or two variables."""
    return json_response(await functions.descent(lab, body))
