"""First sight of each page, cold and warm; the MNIST page while it trains: frames, clicks, and what watchers cost.

Needs Chromium. First sight: milliseconds until the first sentence and until Plotly's figure stands, and what was sent,
for a browser that was never there (cold) and for one that was; `--beside FOLDER` measures another checkout in turns
with this one. Frames are counted with requestAnimationFrame in a page, idle and training, in turns within one run.
"""

import argparse
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.web.stations import BESIDE, STATIONS
from core.data import mnist
from tests.live_server import ROOT, LiveServer

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FRAMES = """(seconds) => new Promise((resolve) => {
  const start = performance.now();
  const times = [];
  const next = (now) => {
    times.push(now);
    if (now - start < 1000 * seconds) return requestAnimationFrame(next);
    const gaps = times.slice(1).map((time, index) => time - times[index]).sort((a, b) => a - b);
    resolve({ rate: (1000 * gaps.length) / (times.at(-1) - times[0]), worst: gaps.at(-1) });
  };
  requestAnimationFrame(next);
})"""

WATCH = """() => {
  const sight = (window.firstSight = { sentence: null, figure: null });
  const look = () => {
    const says = document.getElementById("says")?.textContent.trim();
    if (says && says !== "Getting ready.") sight.sentence ??= performance.now();
    if (document.querySelector(".main-svg .trace, .js-plotly-plot canvas")) sight.figure ??= performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
SEEN = """(patience) => new Promise((resolve) => {
  const size = (sent) => sent.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000;
  const look = () => {
    const { sentence, figure } = window.firstSight;
    if ((!sentence || !figure) && performance.now() < patience) return setTimeout(look, 50);
    const sent = ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind));
    const before = sent.filter(({ responseEnd }) => responseEnd < sentence);
    resolve({ sentence, figure, sizeBefore: size(before), size: size(sent), files: sent.length });
  };
  look();
})"""


def first_sight(browser: Any, address: str, patience: int) -> list[dict[str, Any]]:
    """How a page comes into sight: cold, then warm."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script(f"({WATCH})()")
    seen = []
    for _ in range(2):
        page = context.new_page()
        page.goto(address)
        seen.append(page.evaluate(SEEN, patience))
        page.close()
    context.close()
    return seen


def measure_first_sight(browser: Any, servers: dict[str, LiveServer], repeats: int) -> None:
    """Medians for every station, the checkouts in turns; a page that does without Plotly has no figure of its own."""
    print(f"{'first sight':44}{'sentence ms':>12}{'figure ms':>11}{'kB to sentence':>16}{'kB':>8}{'files':>7}")
    names = ("sentence", "figure", "sizeBefore", "size", "files")
    for path in [station.path for station in (*STATIONS, *BESIDE)]:
        found: dict[str, list[list[dict[str, Any]]]] = {name: [] for name in servers}
        for _ in range(repeats):
            for name, server in servers.items():
                found[name].append(first_sight(browser, f"{server.url}{path}", 5000))
        for name, how, index in [(name, how, index) for index, how in enumerate(("cold", "warm")) for name in servers]:
            seen = [turn[index] for turn in found[name]]
            values = [statistics.median(one[key] or 0 for one in seen) for key in names]
            widths = zip(values, (12, 11, 16, 8, 7), strict=True)
            print(
                f"{f'{path}, {how} {name}':44}"
                + "".join(f"{value or '–':>{w}{'.0f' if value else ''}}" for value, w in widths)
            )


def processor_seconds(process: int) -> float:
    """Processor time that a process has used so far, without its children (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_page(context: Any, address: str) -> Any:
    """Open a page on MNIST and wait for its digits."""
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(address)
    page.locator("#digit-grid .digit .answer").first.wait_for()
    return page


def measure_frames(page: Any, seconds: float) -> None:
    """Frames a second, idle and while it trains, and whether each click on Step counted."""
    for name, key in (("idle", None), ("training", "Space")):
        if key:
            page.keyboard.press(key)
            page.wait_for_timeout(1500)
        found = page.evaluate(FRAMES, seconds)
        print(f"{f'frames a second, {name}':44}{found['rate']:10.1f}    longest gap {found['worst']:.0f} ms")
    page.keyboard.press("Space")
    page.locator("#says", has_text="Paused").wait_for()
    page.keyboard.press("r")
    page.locator("#says", has_text="Back at step 0").wait_for()
    for _ in range(10):
        page.click("#step")
    page.locator("#says", has_text="Step 10:").wait_for()
    print(f"{'clicks on Step that counted, of 10':44}{page.locator('#epoch').inner_text():>10}")


def measure_watchers(server: LiveServer, pages: list[Any], seconds: float) -> None:
    """What the server's own process spends on watchers while one page trains, and how far the pages are apart."""
    pages[0].click("#train")
    time.sleep(2)
    before, start = processor_seconds(server.process.pid), time.perf_counter()
    spread = []
    while time.perf_counter() - start < seconds:
        epochs = [int(re.sub(r"\D", "", page.locator("#epoch").inner_text())) for page in pages]
        spread.append(max(epochs) - min(epochs))
        time.sleep(0.2)
    share = (processor_seconds(server.process.pid) - before) / (time.perf_counter() - start)
    pages[0].click("#train")
    pages[0].locator("#says", has_text="Paused").wait_for()
    time.sleep(2)
    same = len({page.locator("#epoch").inner_text() for page in pages}) == 1
    print(f"{f'{len(pages)} pages: server processor share':44}{share:10.2f}    of one processor, training not counted")
    print(
        f"{f'{len(pages)} pages: epochs apart, median':44}{statistics.median(spread):10.0f}    at the end alike: {same}"
    )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=6)
    options.add_argument("--pages", type=int, default=20)
    options.add_argument("--repeats", type=int, default=3)
    options.add_argument("--beside", type=Path, help="a checkout of another state, for first sight")
    asked = options.parse_args()
    seconds, count = asked.seconds, asked.pages
    home = Path(os.environ.get("DOWNHILL_DATA_DIR") or user_data_path("downhill"))
    names = ("chromium", "chromium-headless-shell", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None or mnist.status(home) != "ready":
        print("Skipped: this needs Chromium, and MNIST (downhill fetch mnist).")
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "mnist").symlink_to(mnist.directory(home), target_is_directory=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with ExitStack() as stack:
            codes = {"": ROOT} | ({"beside": asked.beside.resolve()} if asked.beside else {})
            servers = {}
            for name, code in codes.items():
                place = Path(tempfile.mkdtemp())
                stack.callback(shutil.rmtree, place)
                (place / "mnist").symlink_to(mnist.directory(home), target_is_directory=True)
                servers[name] = stack.enter_context(LiveServer(place, code=code))
            measure_first_sight(browser, servers, asked.repeats)
        with LiveServer(Path(folder)) as server:
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            first = open_page(context, f"{server.url}/mnist?preset=mnist")
            first.click("#step")  # the first step makes the run, which the others then watch
            first.locator("#says", has_text="Step 1:").wait_for()
            measure_frames(first, seconds)
            measure_watchers(server, [first], seconds)
            others = [open_page(context, first.url) for _ in range(count // 2)]
            apart = [open_page(browser.new_context(), first.url) for _ in range(count - 1 - len(others))]
            measure_watchers(server, [first, *others, *apart], seconds)
        browser.close()


if __name__ == "__main__":
    main()
