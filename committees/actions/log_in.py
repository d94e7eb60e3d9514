"""Slowing down whoever guesses passwords."""

from __future__ import annotations

import datetime as dt
import hashlib
import math

from django.db import transaction
from django.utils import timezone

from committees.models import FailedLogIn

_FAILURES = 5
_WAIT = dt.timedelta(minutes=15)


def _kept(name: str) -> str:
    # What is typed in the name field is now and then a password, so only its hash is kept.
    return hashlib.sha256(name.strip().casefold().encode()).hexdigest()


def wait_minutes(name: str) -> int:
    """Return how many minutes the name must wait before it can log in, 0 when it need not.

    Five failures within fifteen minutes close the name until the fifth latest of them is fifteen minutes old.
    """
    now = timezone.now()
    recent = FailedLogIn.objects.filter(name=_kept(name), at__gt=now - _WAIT).order_by("-at")
    times = list(recent.values_list("at", flat=True)[:_FAILURES])
    if len(times) < _FAILURES:
        return 0
    return math.ceil((times[-1] + _WAIT - now).total_seconds() / 60)


@transaction.atomic
def note_failure(name: str) -> None:
    """Keep a failure for the name, and forget those that no longer matter."""
    FailedLogIn.objects.filter(at__lte=timezone.now() - _WAIT).delete()
    FailedLogIn.objects.create(name=_kept(name))


def clear_failures(name: str) -> None:
    """Forget the failures of a name that has logged in."""
    FailedLogIn.objects.filter(name=_kept(name)).delete()
