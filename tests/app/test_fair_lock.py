"""Who asks first is served first, and nobody is served twice while another waits."""

import threading
import time

from app.fair_lock import FairLock


def test_a_busy_loop_gives_way() -> None:
    lock, served = FairLock(), threading.Event()
    rounds_while_waiting = 0

    def ask() -> None:
        with lock:
            served.set()

    with lock:
        asking = threading.Thread(target=ask)
        asking.start()
        while not lock._waiting:
            time.sleep(0.001)
    while not served.is_set():
        with lock:  # at once again, as a run that trains does
            rounds_while_waiting += 1
    asking.join()
    assert rounds_while_waiting <= 1


def test_one_at_a_time_in_order() -> None:
    lock, order, inside = FairLock(), [], []

    def work(name: int) -> None:
        with lock:
            inside.append(name)
            assert len(inside) == 1
            time.sleep(0.002)
            order.append(name)
            inside.remove(name)

    with lock:
        threads = []
        for name in range(8):
            threads.append(threading.Thread(target=work, args=(name,)))
            threads[-1].start()
            while len(lock._waiting) <= name:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_an_error_inside_frees_it() -> None:
    lock = FairLock()
    try:
        with lock:
            raise ValueError
    except ValueError:
        pass
    with lock:
        pass
