"""Asking Kolada's open interface (v3): page after page, patiently, and never more than it allows at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import httpx

from reporting.comparison.loading import KoladaFault, parsed

MOST_IDS = 25
"""So many ids Kolada takes in one part of an address."""
PAGE_SIZE = 5000
_WAITS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds between tries; one try more than there are waits."""
_LONGEST_WAIT = 60.0
_LARGEST_ANSWER = 64 * 1024 * 1024
_MOST_PAGES = 10_000
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)

Row = Mapping[str, Any]


class _Again(Exception):
    """This try failed in a way that another may not. `wait` is what the server asked for, in seconds."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


class KoladaClient:
    """Kolada at one base address. A proxy is taken from the environment (HTTPS_PROXY), as other programs do.

    Every call has a time-out. 429, 5xx, a broken connection and an answer that ends in the middle are tried again with growing
    waits. All methods raise KoladaFault, in Swedish, when Kolada cannot be asked or answers something it should not.
    """

    def __init__(self, base_url: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        """Begin a conversation; `sleep` waits so many seconds."""
        address = urlsplit(base_url)
        if address.scheme not in {"http", "https"} or not address.netloc:
            raise KoladaFault(f"{base_url} är ingen webbadress. Skriv till exempel https://api.kolada.se/v3.")
        self._base = base_url.rstrip("/")
        self._sleep = sleep
        self._http = httpx.Client(timeout=_TIMEOUT, headers={"Accept": "application/json"})

    def __enter__(self) -> KoladaClient:
        return self

    def __exit__(self, *raised: object) -> None:
        self._http.close()

    def kpis(self, ids: Iterable[str]) -> list[Row]:
        """Return the key figures of these ids that Kolada knows."""
        return self._by_id("kpi", ids)

    def municipalities(self) -> list[Row]:
        """Return all municipalities and regions."""
        return list(self._pages("municipality"))

    def groups(self, ids: Iterable[str]) -> list[Row]:
        """Return the groups of these ids that Kolada knows, with their members."""
        return self._by_id("municipality_groups", ids)

    def values(self, kpis: Iterable[str], municipalities: Iterable[str], years: Iterable[int]) -> Iterator[list[Row]]:
        """Yield the answers for all combinations, one list for each question asked."""
        wanted = list(municipalities)
        periods = list(_portions(map(str, years)))
        for kpi in _portions(kpis):
            for places in _portions(wanted):
                for period in periods:
                    path = f"data/kpi/{','.join(kpi)}/municipality/{','.join(places)}/year/{','.join(period)}"
                    yield list(self._pages(path))

    def _by_id(self, entity: str, ids: Iterable[str]) -> list[Row]:
        return [row for some in _portions(ids) for row in self._pages(f"{entity}/{','.join(some)}")]

    def _pages(self, path: str) -> Iterator[Row]:
        url: str | None = f"{self._base}/{path}?per_page={PAGE_SIZE}"
        seen: set[str] = set()
        while url:
            if url in seen or len(seen) >= _MOST_PAGES:
                raise KoladaFault("Kolada hänvisar runt i en cirkel mellan sidor. Inget har lästs in.")
            seen.add(url)
            answer = self._answer(url)
            rows, following = answer.get("values"), answer.get("next_url")
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise KoladaFault("Kolada svarade med något annat än en lista. Inget har lästs in.")
            yield from rows
            url = self._here(str(following)) if following else None

    def _here(self, url: str) -> str:
        """Return the next page at our own base: behind a mirror or a proxy the answer names another host than we may ask."""
        following, base = urlsplit(url), urlsplit(self._base)
        path = following.path
        if base.path and not path.startswith(f"{base.path}/"):
            path = f"{base.path}/{path.split('/v3/', 1)[-1].lstrip('/')}"
        return base._replace(path=path, query=following.query).geturl()

    def _answer(self, url: str) -> Mapping[str, Any]:
        for wait in (*_WAITS, None):
            try:
                return self._try(url)
            except _Again as failure:
                if wait is None:
                    raise KoladaFault(f"Kolada går inte att nå just nu: {failure}. Försök igen senare.") from failure
                self._sleep(min(max(wait, failure.wait or 0), _LONGEST_WAIT))
        raise AssertionError("unreachable")

    def _try(self, url: str) -> Mapping[str, Any]:
        try:
            with self._http.stream("GET", url) as response:
                _check_status(response)
                content = _content(response)
        except httpx.TimeoutException as error:
            raise _Again("svaret dröjde för länge") from error
        except httpx.TransportError as error:
            raise _Again("anslutningen bröts eller kunde inte öppnas") from error
        except httpx.DecodingError as error:
            raise _Again("svaret var trasigt") from error
        try:
            answer = parsed(content)
        except (ValueError, RecursionError) as error:
            raise _Again("svaret var avbrutet") from error
        if not isinstance(answer, dict):
            raise KoladaFault("Kolada svarade med något annat än väntat. Inget har lästs in.")
        return answer


def _check_status(response: httpx.Response) -> None:
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        asked = response.headers.get("Retry-After", "")
        raise _Again(f"svarskod {status}", float(asked) if asked.isdigit() else None)
    if status != httpx.codes.OK:
        raise KoladaFault(f"Kolada svarade med kod {status}. Kontrollera adressen och vad som hämtas.")


def _content(response: httpx.Response) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > _LARGEST_ANSWER:
            raise KoladaFault("Kolada svarade med orimligt mycket data. Inget har lästs in.")
    return bytes(content)


def _portions(values: Iterable[str]) -> Iterator[Sequence[str]]:
    remaining = iter(values)
    while portion := list(islice(remaining, MOST_IDS)):
        yield portion
