"""The sharpest direction that was found last for a run: near it lies the next one, which then takes a few products."""

from collections import OrderedDict

from core.network.activations import Array

KEPT = 8
KEPT_NUMBERS = 4_000_000
# a run, and on how many samples
Key = tuple[str, int]


class KeptDirections:
    """The newest few; what is found with one is as good as without, only sooner."""

    def __init__(self) -> None:
        self._vectors: OrderedDict[Key, Array] = OrderedDict()

    def find(self, key: Key) -> Array | None:
        """The direction found last."""
        return self._vectors.get(key)

    def keep(self, key: Key, vector: Array) -> None:
        """Keep it in place of the one before; a very long one is not kept."""
        if vector.size > KEPT_NUMBERS // KEPT:
            return
        self._vectors[key] = vector
        self._vectors.move_to_end(key)
        while len(self._vectors) > KEPT:
            self._vectors.popitem(last=False)
