"""The console command: downhill serve, downhill fetch mnist, downhill --version."""

import argparse
import errno
import shlex
import socket
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app import __version__

if TYPE_CHECKING:
    from app.settings import Settings
    from app.store.lock import DirectoryLock

# Streams end at once and long steps after their slice; whatever still hangs then does not keep Ctrl-C waiting.
GRACE_SECONDS = 8
DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130


def build_parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(prog="downhill", description="Backpropagation, number by number.")
    parser.add_argument("--version", action="version", version=f"downhill {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serving = commands.add_parser("serve", help="start the server")
    serving.add_argument("--host", default=DEFAULT_HOST, help="address to listen on (default: %(default)s)")
    serving.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help="0 takes any free port (default: %(default)s)"
    )
    serving.add_argument(
        "--allow-host",
        metavar="NAME",
        type=_host_name,
        action="append",
        default=[],
        help="answer under this name too, as that of a proxy; may be given several times",
    )
    serving.add_argument("--open", action="store_true", help="open a browser when the server is ready")
    serving.set_defaults(run=serve)

    fetching = commands.add_parser("fetch", help="bring a data set into the data directory")
    fetching.add_argument("dataset", choices=["mnist"])
    fetching.set_defaults(run=fetch)

    for command in (serving, fetching):
        command.add_argument(
            "--data-dir",
            type=lambda text: Path(text).expanduser().absolute(),
            help="where runs and data sets are kept (default: the user's data directory)",
        )
    return parser


def serve(options: argparse.Namespace) -> int:
    """Start the server, print its address, and serve until interrupted."""
    # Imported here: --version and --help should not wait for the web framework.
    import uvicorn

    from app.logs import LOGGING
    from app.main import create_app

    class AnnouncingServer(uvicorn.Server):
        """Says the address once it is really answering there."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started and self.servers:
                announce(address, options.open)

    try:
        settings = settings_of(options.data_dir)
        # Before anything else: a second server on one data directory must not touch the runs of the first.
        lock = lock_of(settings)
        listening = listen(options.host, options.port)
        address = address_of(options.host, listening.getsockname()[1])
        lock.announce(address)
        check_storage(settings)
        names = (*settings.allowed_hosts, *options.allow_host)
        settings = replace(settings, host=options.host, allowed_hosts=names)
    except CannotServe as error:
        print(error, file=sys.stderr)
        return 1
    server = AnnouncingServer(
        uvicorn.Config(
            create_app(settings),
            log_config=LOGGING,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
    with lock:
        server.run(sockets=[listening])
    return 0 if server.started else 1


class CannotServe(Exception):
    """Why the server cannot start, and what would help."""


def listen(host: str, port: int) -> socket.socket:
    """Take the port, or say who might have it."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"Port {port} of {host} is taken (address already in use), by a server with other data."
            raise CannotServe(f"{message} Take another one, as in: downhill serve --port {port + 1}") from error
        raise CannotServe(f"Cannot listen on {host}, port {port}: {error.strerror}.") from error


def settings_of(data_dir: Path | None) -> "Settings":
    """Read the settings."""
    from app.settings import SettingsError, from_environment

    try:
        settings = from_environment()
    except SettingsError as error:
        raise CannotServe(str(error)) from error
    return settings if data_dir is None else replace(settings, data_dir=data_dir)


def lock_of(settings: "Settings") -> "DirectoryLock":
    """Take the data directory for this server, or say who has it."""
    from app.store.lock import AlreadyServed, DirectoryLock

    try:
        return DirectoryLock(settings.data_dir)
    except AlreadyServed as error:
        raise CannotServe(f"{error} Use that one, or choose another directory with --data-dir.") from error
    except OSError as error:
        raise CannotServe(_cannot_keep(settings.data_dir, error)) from error


def check_storage(settings: "Settings") -> None:
    """Make sure that runs can be kept where the settings say."""
    from app.errors import StoredByNewer
    from app.store.database import check_database

    place = "the database that DOWNHILL_DATABASE_URL names" if settings.database_url else settings.data_dir
    try:
        check_database(settings)
    except StoredByNewer as error:
        raise CannotServe(f"{error} It is in {place}.") from error
    except OSError as error:
        raise CannotServe(_cannot_keep(place, error)) from error


def _cannot_keep(place: object, reason: OSError) -> str:
    return f"Runs cannot be kept in {place}: {reason}. Choose another one with --data-dir."


def address_of(host: str, port: int) -> str:
    """The address of a server that listens there."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def announce(address: str, open_browser: bool) -> None:
    """Print where the server listens, and open a browser there when asked."""
    print(f"Downhill is at {address} (stop it with Ctrl-C)", flush=True)
    if open_browser:
        webbrowser.open(address)


def fetch(options: argparse.Namespace) -> int:
    """Fetch MNIST with a progress bar, unless it is there and every file is as published."""
    from app.fetching.mnist_download import FetchFailed, fetch
    from app.fetching.progress import ProgressBar
    from app.settings import from_environment

    data_dir: Path = options.data_dir or from_environment().data_dir
    try:
        with ProgressBar() as progress:
            fetched = fetch(data_dir, progress)
    except (FetchFailed, OSError) as error:
        print(f"MNIST could not be fetched.\n{error}", file=sys.stderr)
        print(
            f"Try again with: {shlex.join(['downhill', 'fetch', 'mnist', '--data-dir', str(data_dir)])}",
            file=sys.stderr,
        )
        return 1
    print(f"MNIST is in {data_dir / 'mnist'}" + (", fetched and verified." if fetched else "."))
    return 0


def _host_name(text: str) -> str:
    if not text or set(text) & set("/@ ,*") or (":" in text and not text.startswith("[") and text.count(":") == 1):
        raise argparse.ArgumentTypeError("a host name has no scheme, port or path, as lab.example.org")
    return text


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a whole number from 0 to 65535")
    return port


if __name__ == "__main__":
    sys.exit(main())
