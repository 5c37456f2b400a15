"""What a stream sends first: how the run stands, and what was missed."""

import re
from dataclasses import dataclass

from app import history
from app.broker import NEWEST_RECORDS, sse
from app.encoding import encode
from app.lab import Lab
from app.state_bytes import from_bytes
from app.views import diagnostics_after, status_view

_EVENT_ID = re.compile(r"(\d{1,18})-(\d{1,18})")


@dataclass(frozen=True)
class Missed:
    """Where the run stood, and the events to send first."""

    generation: int
    step: int
    events: list[bytes]


def missed(lab: Lab, run_id: str, last_event_id: str | None) -> Missed:
    """The status, then all records, evaluations and diagnostics after the last event seen."""
    (run, blob), setup = lab.store.find_with_head(run_id), lab.setup(run_id)
    name = f"{run.generation}-{run.step}"
    seen = _EVENT_ID.fullmatch(last_event_id or "")
    after = run.step
    if seen is not None:
        # after a rewind the numbers seen may have changed: everything again
        after = int(seen[2]) if int(seen[1]) == run.generation else -1
    events = [sse("status", encode(status_view(lab, run, setup)), f"{run.generation}-{max(0, min(after, run.step))}")]
    found = history.records_after(lab.store, run_id, after, NEWEST_RECORDS, newest=True)
    found = [record for record in found if record["step"] <= run.step]
    if found:
        skipped = max(0, found[0]["step"] - 1 - max(after, 0))
        events.append(sse("step", encode({**found[-1], "records": found, "skipped": skipped}), name))
    for evaluation in history.evaluations_after(lab.store, run_id, after, lab.limits.loss_page):
        if evaluation["step"] <= run.step:
            events.append(sse("evaluation", encode(evaluation), name))
    if after < run.step:
        new = diagnostics_after(after, from_bytes(blob).observations, setup)
        events += [sse("diagnostic", encode(diagnostic), name) for diagnostic in new]
    return Missed(run.generation, run.step, events)
