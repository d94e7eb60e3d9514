"""A Kolada of our own on this machine: answers in the interface's shape, in pages, and fails in the ways the real one does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Row = dict[str, Any]


class Kolada:
    """What the server knows, what it has been asked, and what goes wrong next (a list of ways, each used once)."""

    def __init__(self, *, kpis: list[Row], municipalities: list[Row], groups: list[Row], values: list[Row]) -> None:
        self.kpis, self.municipalities, self.groups, self.values = kpis, municipalities, groups, values
        self.asked: list[str] = []
        self.troubles: list[str] = []
        self.page_size = 3
        self.host_in_answers = ""
        self.url = ""

    @property
    def asked_for_values(self) -> list[str]:
        """The questions for values, without their paging."""
        return [path.split("?")[0] for path in self.asked if path.startswith("/v3/data/")]

    def answer(self, path: str) -> list[Row]:
        """Return the rows of an address below /v3."""
        parts = path.strip("/").split("/")
        if parts[0] == "data":
            asked = {parts[at]: parts[at + 1].split(",") for at in range(1, len(parts), 2)}
            assert all(len(ids) <= 25 for ids in asked.values()), "Kolada takes at most 25 ids in a segment"
            return [
                row
                for row in self.values
                if row["kpi"] in asked["kpi"]
                and row["municipality"] in asked["municipality"]
                and str(row["period"]) in asked["year"]
            ]
        known = {"kpi": self.kpis, "municipality": self.municipalities, "municipality_groups": self.groups}[parts[0]]
        return [row for row in known if len(parts) == 1 or row["id"] in parts[1].split(",")]


class _Handler(BaseHTTPRequestHandler):
    kolada: Kolada

    def do_GET(self) -> None:
        kolada = self.kolada
        kolada.asked.append(self.path)
        trouble = kolada.troubles.pop(0) if kolada.troubles else ""
        address = urlsplit(self.path)
        page = int(parse_qs(address.query).get("page", ["1"])[0])
        rows = kolada.answer(address.path.removeprefix("/v3"))
        size = kolada.page_size
        following = None
        if len(rows) > page * size or trouble == "circle":
            number = page if trouble == "circle" else page + 1
            following = f"{kolada.host_in_answers or kolada.url}{address.path}?per_page=5000&page={number}"
        some = rows[(page - 1) * size : page * size]
        content = json.dumps({"values": some, "count": len(some), "next_url": following}).encode()
        if trouble == "gone":
            self.close_connection = True
            return
        self.send_response(int(trouble) if trouble.isdigit() else 200)
        if trouble == "429":
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if trouble == "truncated":
            content = content[: len(content) // 2].ljust(len(content))
        self.wfile.write(b"[]".ljust(len(content)) if trouble == "list" else content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(kolada: Kolada) -> Iterator[Kolada]:
    """Serve it on a free port of this machine for as long as the block runs."""
    handler = type("Handler", (_Handler,), {"kolada": kolada})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    kolada.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield kolada
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
