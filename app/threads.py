"""How many threads compute: those that go through the samples, not more inside each matrix product."""

from threadpoolctl import threadpool_limits


def one_thread_a_product() -> None:
    """Let BLAS compute each product in the thread that asks for it.

    Its own threads wait for each other by spinning at every product: on a machine where anything else runs, a
    browser for one, a step then takes several times as long. The chunks of a pass run side by side instead.
    """
    threadpool_limits(limits=1, user_api="blas")
