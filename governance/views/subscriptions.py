"""The watch list sent to where the person is: the calendar, and reminders by mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, write
from governance.actions.reminders import choose_reminders
from governance.actions.subscriptions import open_feed, revoke_feed
from governance.calendar_file import calendar_of
from governance.forms.subscriptions import FeedForm, ReminderForm
from governance.models import CalendarFeed, ReminderChoice
from governance.selectors.subscriptions import feed_with, items_of
from governance.selectors.watching import watched_committees


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_STEERING)
def subscriptions(request: UserRequest) -> HttpResponse:
    """Show one's calendar addresses and make new ones; the address itself is shown this once."""
    asked = request.method == "POST"
    form = FeedForm(request.POST if asked else None, committees=watched_committees(request.user))
    address = ""
    if asked and form.is_valid():
        secret = open_feed(committee=form.cleaned_data["committee"], by=request.user)
        address = settings.BASE_URL.rstrip("/") + reverse("steering_calendar", args=[secret])
    feeds = CalendarFeed.objects.visible_to(request.user).live().select_related("committee")
    return render(request, "governance/subscriptions.html", {"form": form, "address": address, "feeds": feeds})


@require_http_methods(["GET", "POST"])
def reminders(request: UserRequest) -> HttpResponse:
    """Choose where one's own reminders go, or that none come; also for who has no role any longer."""
    user = request.user
    unwanted = ReminderChoice.objects.filter(user=user, wanted=False).exists()
    form = ReminderForm(request.POST or None, initial={"email": user.email, "wanted": not unwanted})

    def save(values: dict[str, Any]) -> str:
        choose_reminders(by=user, **values)
        return "Ditt val är sparat."

    lead = (
        "Du får ett brev när något du ansvarar för ska vara klart inom en vecka, och ett till om det blir försenat. "
        "Nämndens sekreterare påminns också om det som ingen ansvarar för."
    )
    return write(
        request, form, Writing("Påminnelser med e-post", "Spara", reverse("account"), "Mina roller", lead), save
    )


@require_POST
@needs(Permission.SEE_STEERING)
def calendar_revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Close one of one's addresses."""
    revoke_feed(get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk), by=request.user)
    messages.success(request, "Adressen är återkallad. Kalendern får inget mer.")
    return redirect("steering_subscriptions")


@login_not_required
@never_cache
@require_GET
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar to whoever has its address: what its person may see right now."""
    del request
    feed = feed_with(secret)
    if feed is None:
        raise Http404
    now = timezone.now().astimezone(dt.UTC)
    body = calendar_of(items_of(feed), name=str(feed), at=now, base_url=settings.BASE_URL)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="bevakning.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer
