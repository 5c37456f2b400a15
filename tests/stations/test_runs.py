"""A session drives any run: the lab of slides 50–51 without a page of its own, from scripts alone."""

import re
import time
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route

from tests.live_server import LiveServer

OPEN = """async (query) => {
  const root = document.querySelector("link[rel=stylesheet]").href.replace(/\\/css\\/.*/, "/js");
  const [{ createSession }, { createStore }, { emptyRunState }] = await Promise.all(
    ["runs/session", "base/store", "runs/state"].map((name) => import(`${root}/${name}.js`)),
  );
  window.news = [];
  window.make = (name = "test") => {
    const store = createStore(emptyRunState());
    const tell = (one) => void window.news.push(one.kind);
    return { store, session: createSession(store, { name, history: true, tell }) };
  };
  window.until = async ({ store }, what) => {
    for (;;) {
      if (what(store.get())) return store.get();
      await new Promise(requestAnimationFrame);
    }
  };
}"""
LAB = {"preset": "lab-two-layer"}


@pytest.fixture
def script(calm_page: Page, live_server: LiveServer) -> Any:
    """Run a script on a page that has sessions."""
    calm_page.goto("/api")
    calm_page.evaluate(OPEN)
    return lambda text, *given: calm_page.evaluate(text, *given)


def test_a_run_is_stored_at_its_first_step_and_its_history_is_whole(script: Any, live_server: LiveServer) -> None:
    found = script(
        """async (lab) => {
        const one = make();
        one.session.prepare(lab, "lab");
        const before = one.store.get();
        one.session.step(1);
        one.session.step(18);
        one.session.epoch();
        const { run, records } = await until(one, (state) => state.records.length === 20);
        return { before, run, records, news, remembered: one.session.recall("lab") };
    }""",
        LAB,
    )
    assert found["before"]["run"] is None
    assert found["run"]["step"] == 20
    assert found["remembered"] == found["run"]["id"]
    assert found["news"] == ["stored", "stepped", "stepped", "stepped"]
    answer = httpx.get(f"{live_server.url}/api/v1/runs/{found['run']['id']}/losses", timeout=60).json()
    assert found["records"] == answer["records"]


def test_steps_of_another_client_arrive_and_a_rewind_too(script: Any, live_server: LiveServer) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json=LAB, timeout=60).json()["id"]
    script("async (run) => { window.one = make(); await one.session.open({ run }); }", run)
    base = f"{live_server.url}/api/v1/runs/{run}"
    for count in (1, 2, 500):
        httpx.post(f"{base}/step", json={"count": count}, timeout=60)
    script("async () => { await until(one, (state) => state.records.length === 503); }")
    httpx.post(f"{base}/rewind", json={"step": 3}, timeout=60)
    httpx.post(f"{base}/step", json={"count": 4, "learning_rate": 0.01}, timeout=60)
    records = script(
        "async () => (await until(one, (state) => state.records.length === 7 && state.run.step === 7)).records"
    )
    assert records == httpx.get(f"{base}/losses", timeout=60).json()["records"]


def test_a_step_that_comes_while_a_rewind_is_read_is_not_lost(
    script: Any, calm_page: Page, live_server: LiveServer
) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json=LAB, timeout=60).json()["id"]
    script("async (run) => { window.one = make(); await one.session.open({ run }); }", run)
    base = f"{live_server.url}/api/v1/runs/{run}"
    httpx.post(f"{base}/step", json={"count": 9}, timeout=60)
    script("async () => { await until(one, (state) => state.records.length === 9); }")
    steps: list[int] = []

    def hold(route: Route) -> None:
        """Answer with the run as it was, after another step."""
        answer = route.fetch()
        if not steps:
            steps.append(httpx.post(f"{base}/step", json={"count": 4}, timeout=60).json()["step"])
            time.sleep(0.5)
        route.fulfill(response=answer)

    calm_page.route(re.compile(rf"/runs/{run}$"), hold)
    httpx.post(f"{base}/rewind", json={"step": 3}, timeout=60)
    calm_page.wait_for_function("() => one.store.get().run.step === 7 && one.store.get().records.length === 7")
    assert steps == [7]


def test_what_others_did_before_an_own_step_is_read(script: Any, live_server: LiveServer) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json=LAB, timeout=60).json()["id"]
    script("async (run) => { window.one = make(); await one.session.open({ run }); }", run)
    httpx.post(f"{live_server.url}/api/v1/runs/{run}/step", json={"count": 3}, timeout=60)
    # as if neither the reading nor an event had brought the steps of another client
    records = script("""async () => {
        await until(one, (state) => state.records.length === 3);
        one.store.set({ records: [] });
        one.session.step(1);
        return (await until(one, (state) => state.records.length === 4)).records;
    }""")
    assert [record["step"] for record in records] == [1, 2, 3, 4]


def test_an_answer_that_comes_after_its_steps_takes_none_back(
    script: Any, calm_page: Page, live_server: LiveServer
) -> None:
    run = httpx.post(f"{live_server.url}/api/v1/runs", json=LAB, timeout=60).json()["id"]
    script("async (run) => { window.one = make(); await one.session.open({ run }); }", run)

    def hold(route: Route) -> None:
        """Play, and answer once that is over."""
        answer = route.fetch()
        time.sleep(1)
        route.fulfill(response=answer)

    calm_page.route(re.compile(rf"/runs/{run}/play$"), hold)
    found = script("""async () => {
        one.session.play(null, 6);
        await until(one, () => news.includes("played"));
        const { run } = await until(one, (state) => state.records.length === 6);
        return [run.step, run.status];
    }""")
    assert found == [6, "paused"]


def test_play_at_a_rate_pause_rewind_and_branch(script: Any) -> None:
    found = script(
        """async (lab) => {
        const one = make("play");
        one.session.prepare(lab);
        one.session.play(50, 6);
        await until(one, (state) => state.run?.step === 6 && state.run.status === "paused");
        one.session.play();
        await until(one, (state) => state.run.step > 20);
        one.session.pause();
        await until(one, (state) => state.run.status === "paused" && state.wanted === null);
        one.session.rewind(4);
        await until(one, (state) => state.run.step === 4);
        const past = await one.session.readStep(2);
        const second = await one.session.branch(2);
        const two = make("second");
        await two.session.open({ run: second.id });
        two.session.setLearningRate(0.01);
        two.session.step(3);
        const other = await until(two, (state) => state.records.length === 5);
        one.session.step();
        const own = await until(one, (state) => state.run.step === 5);
        return { past, own: own.records, other: other.records, rate: other.run.optimizer.learning_rate };
    }""",
        LAB,
    )
    assert found["past"]["step"] == 2
    assert found["other"][:2] == found["own"][:2]
    assert found["rate"] == 0.01
    assert [record["learning_rate"] for record in found["other"]] == [0.1, 0.1, 0.01, 0.01, 0.01]
    assert [record["step"] for record in found["own"]] == [1, 2, 3, 4, 5]


def test_what_is_refused_is_told_and_stays_until_the_next_success(script: Any, complaints: list[str]) -> None:
    found = script(
        """async (lab) => {
        const one = make("refused");
        one.session.prepare({ ...lab, batch_size: 0 });
        one.session.step();
        const { problem, run } = await until(one, (state) => state.problem);
        one.session.prepare(lab);
        one.session.step();
        const after = await until(one, (state) => state.run?.step === 1);
        return { told: news, status: problem.status, run, problem: after.problem };
    }""",
        LAB,
    )
    assert found["told"] == ["refused", "stored", "stepped"]
    assert found["status"] == 422
    assert found["run"] is None
    assert found["problem"] is None
    complaints[:] = [text for text in complaints if "422" not in text]
