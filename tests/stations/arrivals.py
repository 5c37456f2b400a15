"""A page that is there: opened, and saying what it shows."""

from playwright.sync_api import Page, expect


def open_page(page: Page, address: str) -> None:
    """Go to a page and wait until its claim is the answer's."""
    page.goto(address)
    arrive(page)


def arrive(page: Page) -> None:
    """Wait until the page that was gone to says what it shows."""
    expect(page.locator("#says")).not_to_have_text("Getting ready.")
