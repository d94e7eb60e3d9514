"""Reminding people by mail of what falls to them: one letter each, a thing once when it is near and once when it is late."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from committees.models import User
from governance.enums import ReminderStage
from governance.models import ReminderChoice, SentReminder
from governance.selectors.reminders import to_remind_of
from governance.watch import WatchItem

_log = logging.getLogger(__name__)


@transaction.atomic
def choose_reminders(*, email: str, wanted: bool, by: User) -> None:
    """Store where one's own reminders go, and whether one wants any."""
    by.email = email
    by.save(update_fields=["email"])
    ReminderChoice.objects.update_or_create(user=by, defaults={"wanted": wanted})


@dataclass(frozen=True)
class Sending:
    """What became of the letters: how many went, and whose the mail server refused."""

    sent: int
    refused: tuple[User, ...] = ()


def send_reminders(*, today: dt.date) -> Sending:
    """Mail everybody who wants it what is near or late and they have not been reminded of.

    A letter is noted in the same transaction as it is sent: one that the mail server refuses stops no other, is not noted, and is
    tried again the next time.
    """
    unwanted = ReminderChoice.objects.filter(wanted=False).values("user")
    people = User.objects.filter(is_active=True).exclude(email="").exclude(pk__in=unwanted)
    sent, refused = 0, []
    for person in people.order_by("pk"):
        try:
            sent += _remind(person, today)
        except (SMTPException, OSError) as fault:
            _log.warning("The mail server refused the reminder of user %s: %s", person.pk, type(fault).__name__)
            refused.append(person)
    return Sending(sent, tuple(refused))


@transaction.atomic
def _remind(person: User, today: dt.date) -> bool:
    items = to_remind_of(person, today)
    if not items:
        return False
    SentReminder.objects.bulk_create(
        SentReminder(user=person, key=item.key, due=item.due, stage=ReminderStage.of(item.due, today)) for item in items
    )
    many = "en sak" if len(items) == 1 else f"{len(items)} saker"
    send_mail(f"Påminnelse om {many} att bevaka", _letter(person, items, today), None, [person.email])
    return True


def _letter(person: User, items: Sequence[WatchItem], today: dt.date) -> str:
    base = settings.BASE_URL.rstrip("/")
    parts = (
        ("Det här ansvarar du för:", [item for item in items if item.owner == person]),
        ("Det här har ingen annan i nämnden tagit på sig, så du får påminnelsen:",
         [item for item in items if item.owner != person and item.ours]),
        ("Det här väntar nämnden på från andra:", [item for item in items if item.owner != person and not item.ours]),
    )  # fmt: skip
    lines: list[str] = []
    for title, found in parts:
        lines += [title, ""] if found else []
        for item in found:
            when = f"skulle ha varit klart {item.due}" if item.due < today else f"ska vara klart {item.due}"
            lines += [f"{item.kind.capitalize()}: {item.title}", f"{item.committee}, {when}", f"{base}{item.url}", ""]
    choose = base + reverse("steering_reminders")
    return "\n".join([*lines, f"Vill du inte ha påminnelser? Stäng av dem här: {choose}", ""])
