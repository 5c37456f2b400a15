"""Who may ask: under which names the server is asked for, and from which pages it may be changed."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Problem
from app.web import problems

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")
READING = ("GET", "HEAD", "OPTIONS")
_PORTS = {"http": "80", "https": "443"}
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:/@?#\[\]\\]+)(?::(\d{1,5}))?")


class AllowedHosts:
    """The names and addresses that the server was started for.

    A foreign name that is made to point at this machine (DNS rebinding) would let a page from elsewhere talk to the
    server as if it were its own. An address in figures cannot be made to point elsewhere: a server that listens on
    every address of its machine answers to any, also to one that it cannot know itself, as that of a container's host.
    """

    def __init__(self, host: str, allowed: Iterable[str]) -> None:
        self.added = {_plain(name) for name in allowed}
        self.names = {*LOOPBACK, _plain(host), *self.added}
        self.any_address = host in EVERYWHERE
        if self.any_address:
            name = socket.gethostname().lower()
            self.names |= {name, f"{name.split('.')[0]}.local"}

    def __contains__(self, name: str) -> bool:
        return name in self.names or (self.any_address and _is_address(name))


class AskedAsAllowed:
    """Refuses a request that names no allowed host, and a change that comes from a page of another origin."""

    def __init__(self, app: ASGIApp, host: str, allowed: Iterable[str]) -> None:
        self.app = app
        self.allowed = AllowedHosts(host, allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on."""
        if scope["type"] == "http":
            refused = self._refusal(scope["method"], Headers(scope=scope))
            if refused is not None:
                await problems.problem_response(refused)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> Problem | None:
        hosts = headers.getlist("host")
        asked = _split(hosts[0]) if len(hosts) == 1 else None
        if asked is None or asked[0] not in self.allowed:
            return Problem(400, "Ask with one Host that the server was started for; --allow-host NAME adds one.")
        if method in READING:
            return None
        cross_site = headers.get("sec-fetch-site", "").lower() == "cross-site"
        if cross_site or not all(self._is_own(origin, asked) for origin in headers.getlist("origin")):
            detail = "This request comes from a page of another origin, and would change something. Nothing was done."
            return Problem(403, detail)
        return None

    def _is_own(self, origin: str, asked: tuple[str, str]) -> bool:
        """Whether a page comes from where the request goes to, or from a name that a proxy serves."""
        try:
            parts = urlsplit(origin.lower())
        except ValueError:
            return False
        found = _split(parts.netloc)
        if found is None or parts.scheme not in _PORTS:
            return False
        standard = _PORTS[parts.scheme]
        same = found[0] == asked[0] and (found[1] or standard) == (asked[1] or standard)
        return same or found[0] in self.allowed.added


def _split(text: str) -> tuple[str, str] | None:
    """Name and port of a Host header; None for what is not one."""
    found = _HOST.fullmatch(text.lower())
    return (_plain(found[1]), found[2] or "") if found else None


def _plain(name: str) -> str:
    """A name as it is compared: small letters, no brackets, no final dot."""
    return name.lower().strip("[]").removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
