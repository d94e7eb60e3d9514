"""Forums of cooperation: the register, a forum's page with its meetings, and keeping it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from committees.middleware import UserRequest
from committees.models import Change
from committees.permissions import Permission
from committees.views.guards import needs
from committees.views.writing import Writing, write
from governance.actions.forums import add_forum, change_forum, note_meeting
from governance.filters.forums import ForumFilter
from governance.forms.forums import ForumForm, MeetingForm
from governance.models import Forum
from governance.policies import may_keep
from governance.selectors.forums import keeping, with_meetings
from governance.tables.forums import ForumTable
from governance.views.registers import Register, kept_or_404, leading_back, register_page

REGISTER = Register("forum", "governance/forum_list.html", ForumFilter, ForumTable, "name")

_FIELDS = ("name", "purpose", "others", "interval_months", "owner", "start", "end")

_writing = leading_back("steering_forum")


@require_GET
@needs(Permission.SEE_STEERING)
def forum_list(request: UserRequest) -> HttpResponse:
    """Show the forums the reader may see, and whether they meet."""
    rows = with_meetings(Forum.objects.visible_to(request.user))
    return register_page(request, rows, REGISTER, may_add=request.access.may(Permission.KEEP_REGISTERS))


@require_GET
@needs(Permission.SEE_STEERING)
def forum_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Show one forum: its meetings, and the stretches without one that were too long."""
    forum = _forum(request, pk)
    today = timezone.localdate()
    kept = keeping(forum, today)
    context = {
        "forum": forum,
        "keeping": kept,
        "late": kept.is_late(today),
        "meetings": forum.meetings.all(),
        "may_keep": may_keep(request.access, forum.committees.all()),
        "changes": Change.objects.of(forum).select_related("by"),
    }
    return render(request, "governance/forum_detail.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def forum_new(request: UserRequest) -> HttpResponse:
    """Enter a forum."""
    form = ForumForm(request.POST or None, access=request.access)

    def save(values: dict[str, Any]) -> str:
        values.pop("read_as")
        add_forum(by=request.user, **values)
        return "Forumet är infört."

    return write(request, form, Writing("För in ett forum", "För in", reverse("steering_forums"), "Forum"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def forum_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what the register says of a forum."""
    forum = _own_forum(request, pk)
    first = {name: getattr(forum, name) for name in _FIELDS} | {"committees": forum.committees.all()}
    form = ForumForm(
        request.POST or None, access=request.access, owner=forum.owner, read_as=forum.revision, initial=first
    )

    def save(values: dict[str, Any]) -> str:
        change_forum(forum, by=request.user, **values)
        return "Sparat."

    return write(request, form, _writing(forum, "Ändra forumet", "Spara"), save)


@require_http_methods(["GET", "POST"])
@needs(Permission.KEEP_REGISTERS)
def forum_meeting(request: UserRequest, pk: int) -> HttpResponse:
    """Note that a forum met."""
    forum = _own_forum(request, pk)
    form = MeetingForm(request.POST or None)

    def save(values: dict[str, Any]) -> str:
        note_meeting(forum, by=request.user, **values)
        return "Mötet är infört."

    return write(request, form, _writing(forum, "För in ett möte", "För in"), save)


def _forum(request: UserRequest, pk: int) -> Forum:
    return get_object_or_404(with_meetings(Forum.objects.visible_to(request.user)), pk=pk)


def _own_forum(request: UserRequest, pk: int) -> Forum:
    return kept_or_404(request, with_meetings(Forum.objects.visible_to(request.user)), pk)
