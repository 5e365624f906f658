"""A web site on loopback for tests: pages and headers by path, with faults on request, and a list of what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from summarizer.settings import FetchSettings

POLITE = FetchSettings(delay_s=0.0, timeout_s=5.0, max_mb=1.0, max_redirects=3, allow_private=True)


@dataclass
class Answer:
    """What a path answers; `etag` makes it conditional, `wait_s` slow."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    wait_s: float = 0.0


class Site:
    """The pages by path and the requests so far, as path and headers in lower case."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.url = ""

    def put(self, path: str, body: str | bytes, content_type: str = "text/html; charset=utf-8", **rest: Any) -> str:
        """Let a path answer; returns its address."""
        data = body.encode() if isinstance(body, str) else body
        headers = {"Content-Type": content_type, **rest.pop("headers", {})}
        self.pages[path] = Answer(data, headers=headers, **rest)
        return self.url + path

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, those of rules left out."""
        return [path for path, _ in self.asked if path not in {"/robots.txt", "/.well-known/tdmrep.json"}]

    def article(self, path: str, text: str, **rest: Any) -> str:
        """A page with an article of one paragraph for each line."""
        body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        page = f"<html lang='en'><head><title>A page</title></head><body><article>{body}</article></body></html>"
        return self.put(path, page, **rest)


@contextmanager
def serving() -> Iterator[Site]:
    """A site that is up for as long as the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append((self.path, headers))
            answer = site.pages.get(self.path, Answer(b"no such page", 404))
            time.sleep(answer.wait_s)
            same = answer.etag and headers.get("if-none-match") == answer.etag
            self.send_response(304 if same else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.etag:
                self.send_header("ETag", answer.etag)
            body = b"" if same else answer.body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:  # the client has had enough
                self.close_connection = True

        def log_message(self, *arguments: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
