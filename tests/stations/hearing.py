"""What a screen reader is told, from now on."""

from playwright.sync_api import Page

LIVE = "[aria-live], [role=status], [role=alert], output"
LISTEN = """(live) => {
    window.heard = [];
    for (const region of document.querySelectorAll(live))
        new MutationObserver(() => window.heard.push(region.textContent))
            .observe(region, {childList: true, characterData: true, subtree: true});
}"""


def listen(page: Page, regions: str = LIVE) -> None:
    """Begin to note what its live regions say."""
    page.evaluate(LISTEN, regions)


def heard(page: Page) -> list[str]:
    """What was said since then, in order."""
    return list(page.evaluate("window.heard"))
