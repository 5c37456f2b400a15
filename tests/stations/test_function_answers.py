"""Questions to the server that a station keeps answered: refusals, and a server that does not answer."""

from typing import Any

import pytest
from playwright.sync_api import Page

# two questions over one store, answered by a fetch of the test's own
SCRIPT = """async (steps) => {
    const root = document.querySelector("link[href*='tokens.css']").href.replace("/css/tokens.css", "");
    const { createStore } = await import(`${root}/js/base/store.js`);
    const { keepAnswered } = await import(`${root}/js/station/function_answers.js`);
    const asked = [];
    window.fetch = async (path, { body }) => {
        const { text } = JSON.parse(body);
        asked.push(text);
        if (text === "lost") throw new TypeError("no network");
        const status = text === "wrong" ? 422 : text === "busy" ? 503 : 200;
        return new Response(JSON.stringify({ detail: text }), { status });
    };
    const store = createStore({ one: null, two: null, first: null, second: null, problem: null, connection: "live" });
    for (const [name, key] of [["one", "first"], ["two", "second"]]) {
        const instead = name === "two" ? { two: "example" } : undefined;
        keepAnswered(store, { call: "any", key, instead, requestOf: (state) => state[name] && { text: state[name] } });
    }
    const seen = [];
    for (const { set, wait } of steps) {
        const before = asked.length;
        store.set(set);
        await new Promise((resolve) => setTimeout(resolve, wait));
        const { first, second, problem, connection } = store.get();
        const shown = { first: first?.detail, second: second?.detail, problem: problem?.message, connection };
        seen.push({ ...shown, asked: asked.slice(before) });
    }
    return seen;
}"""


@pytest.fixture
def follow(calm_page: Page, live_server: Any) -> Any:
    """Set fields of the store one after the other; answers what there is after each wait."""

    def run(*steps: tuple[dict[str, Any], int]) -> list[dict[str, Any]]:
        return list(calm_page.evaluate(SCRIPT, [{"set": fields, "wait": wait} for fields, wait in steps]))

    calm_page.goto("/api")  # a page that asks nothing of its own
    return run


def test_an_answer_leaves_the_refusal_of_another_question(follow: Any) -> None:
    refused, answered, mended, gone = follow(
        ({"one": "wrong", "two": "x"}, 300), ({"two": "y"}, 300), ({"one": "z"}, 300), ({"one": None}, 300)
    )
    assert (refused["problem"], refused["second"]) == ("wrong", "x")
    assert (answered["problem"], answered["second"]) == ("wrong", "y")
    assert (mended["problem"], mended["first"]) == (None, "z")
    assert (gone["problem"], gone.get("first")) == (None, None)


def test_a_first_question_that_is_refused_leaves_something_to_see(follow: Any) -> None:
    refused, answered, again = follow(({"two": "wrong"}, 300), ({"two": "y"}, 300), ({"two": "wrong"}, 300))
    assert (refused["problem"], refused["second"]) == ("wrong", "example")
    assert (answered["problem"], answered["second"]) == (None, "y")
    assert (again["problem"], again["second"]) == ("wrong", "y")


def test_a_question_that_is_over_takes_its_refusal_along(follow: Any) -> None:
    refused, over = follow(({"one": "wrong"}, 300), ({"one": None}, 300))
    assert (refused["problem"], over["problem"]) == ("wrong", None)


def test_a_lost_or_busy_server_is_asked_again_at_one_pace(follow: Any) -> None:
    many = [({"one": text}, 80) for _ in range(12) for text in ("lost", "busy")]
    *_, lost, waited, back = follow(*many, ({"one": "lost"}, 200), ({}, 3400), ({"one": "x"}, 2500))
    assert lost["connection"] == "lost"
    assert 1 <= len(waited["asked"]) <= 3
    assert (back["first"], back["connection"]) == ("x", "live")
