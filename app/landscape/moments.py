"""A step of a run that has a landscape around it."""

from app.errors import Conflict
from app.runs.past import Moment


def refuse_diverged(found: Moment) -> None:
    """409 where the parameters are not finite: there is nothing around them."""
    if found.state.diverged:
        at = found.state.observations.diverged_at
        earlier = f" Ask for step {at - 1} or earlier." if at else ""
        raise Conflict(f"The run diverged at step {at}: its numbers are not finite there.{earlier}")
