"""The console command: downhill serve, downhill fetch mnist, downhill --version."""

import argparse
import shlex
import socket
import sys
import webbrowser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from app import __version__

# A stream open in some tab must not keep Ctrl-C waiting.
GRACE_SECONDS = 3
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

    from app.main import create_app
    from app.settings import from_environment

    class AnnouncingServer(uvicorn.Server):
        """Says the address once it is really listening on it."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started and self.servers:
                port = self.servers[0].sockets[0].getsockname()[1]
                announce(options.host, port, options.open)

    settings = from_environment()
    if options.data_dir is not None:
        settings = replace(settings, data_dir=options.data_dir)
    config = uvicorn.Config(
        create_app(settings),
        host=options.host,
        port=options.port,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = AnnouncingServer(config)
    server.run()
    return 0 if server.started else 1


def announce(host: str, port: int, open_browser: bool) -> None:
    """Print where the server listens, and open a browser there when asked."""
    address = f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
    print(f"Downhill is at {address} (stop it with Ctrl-C)", flush=True)
    if open_browser:
        webbrowser.open(address)


def fetch(options: argparse.Namespace) -> int:
    """Fetch MNIST with a progress bar, unless it is there and every file is as published."""
    from app.mnist_download import FetchFailed, fetch
    from app.progress import ProgressBar
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


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a whole number from 0 to 65535")
    return port


if __name__ == "__main__":
    sys.exit(main())
