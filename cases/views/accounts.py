"""Mapping a SIE file: its dimensions, accounts and objects, with all that nothing is said of in one place."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from cases.deliveries.accounts import AccountRules, Patterns
from cases.deliveries.findings import FileFault
from cases.deliveries.rules import FileRules
from cases.deliveries.sie_costs import sie_of
from cases.forms.accounts import LEFT_OUT, groups_of, rules_posted
from cases.forms.mapping import ProfileForm
from cases.kinds import COSTS
from cases.models import WaitingDelivery
from cases.profiles.reading import read_profile
from cases.uploads.accounts import accounts_in, dimension_number
from cases.uploads.sealing import SealedFile
from cases.views.mapping import save_mapping
from committees.middleware import UserRequest
from committees.permissions import Permission
from committees.views.guards import needs_everywhere
from sie.model import SieFile

_NOTHING_SAID = AccountRules("", Patterns(), Patterns())


@require_http_methods(["GET", "POST"])
@cache_control(no_store=True, private=True)
@needs_everywhere(Permission.DELIVER)
def source_accounts(request: UserRequest, pk: int, file: int) -> HttpResponse:
    """Show what the file has, what is said of it and what that makes of it; save it as a profile."""
    waiting = get_object_or_404(WaitingDelivery.objects.visible_to(request.user).select_related("profile"), pk=pk)
    one = get_object_or_404(waiting.files.filter(kind=COSTS.name), pk=file)
    if waiting.files_are_gone:
        messages.error(request, "Filerna är borttagna. Lämna in dem igen.")
        return redirect("source_waiting", pk=pk)
    begun_with = read_profile(waiting.profile.text) if waiting.profile else None
    stands = replace(begun_with.rules(COSTS.name), kind=COSTS.name) if begun_with else FileRules(COSTS.name)
    naming = ProfileForm(
        request.POST if request.POST.get("gor") == "spara" else None,
        initial={"name": begun_with.name, "system": begun_with.system} if begun_with else None,
    )
    rules = rules_posted(request.POST) if request.method == "POST" else None
    mapped = naming.is_bound and naming.is_valid()
    if mapped and save_mapping(request, waiting, replace(stands, accounts=rules), naming):
        return redirect("source_waiting", pk=pk)
    shown = {"waiting": waiting, "file": one, "naming": naming, "left_out": LEFT_OUT}
    try:
        sie = sie_of(SealedFile(one.place))
    except (FileFault, OSError) as fault:
        said = fault.expected if isinstance(fault, FileFault) else "en fil som går att öppna."
        shown |= {"rules": rules or stands.accounts or _NOTHING_SAID, "unreadable": said}
        return render(request, "cases/source_accounts.html", shown)
    rules = rules or _as_numbers(sie, stands.accounts or _NOTHING_SAID)
    found = accounts_in(sie, rules)
    shown |= {"rules": rules, "found": found, "groups": groups_of(rules, found) if rules.unit_dimension else []}
    return render(request, "cases/source_accounts.html", shown)


def _as_numbers(sie: SieFile, rules: AccountRules) -> AccountRules:
    """What the profile says, its dimensions by their numbers in this file."""
    unit, activity = (
        named and dimension_number(sie, named) for named in (rules.unit_dimension, rules.activity_dimension)
    )
    return replace(rules, unit_dimension=unit, activity_dimension=activity)
