"""Refusing what a person may not have, in words that say what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from committees.middleware import UserRequest
from committees.permissions import Access, Permission

_WHY = {
    Permission.SEE_DELIVERIES: "Din roll ger inte tillgång till underlag och leveranser.",
    Permission.DELIVER: "Leveranser lämnas in av systemförvaltare för hela kommunen.",
    Permission.SEE_ACCESS_LOG: "Din roll ger inte tillgång till loggen över vem som läst ärenden.",
    Permission.SEE_CASES: "Enskilda ärenden kan bara läsas av den som har en roll i den ansvariga nämnden.",
    Permission.SEE_FIGURES: "Det här kan bara läsas av den som har en roll i den ansvariga nämnden.",
    Permission.MAKE_REPORTS: "Bara nämndens sekreterare kan ta fram en rapport.",
    Permission.WRITE_REPORTS: "Rapporter på väg till beslut läses och skrivs av nämndens sekreterare och chefer.",
    Permission.APPROVE_REPORTS: "Rapporten godkänns av en chef för hela nämndens förvaltning.",
    Permission.MANAGE_PEOPLE: "Roller ges och avslutas av en administratör för nämnden eller för hela kommunen.",
    Permission.SEE_STEERING: "Mål, åtgärder, uppdrag och intern kontroll kan läsas av den som har en roll i nämnden.",
    Permission.STEER: "Mål, värden och förklaringar läggs in av nämndens sekreterare och chefer.",
    Permission.ATTEST: "Värden attesteras av en chef i nämndens förvaltning.",
    Permission.MANAGE_ACTIONS: "Åtgärder läggs upp och följs upp av nämndens sekreterare och chefer.",
    Permission.MANAGE_CONTROL: "Intern kontroll planeras och rapporteras av nämndens sekreterare och chefer.",
    Permission.KEEP_REGISTERS: "Registren förs av nämndens sekreterare.",
    Permission.SEE_AUDITS: "Granskningar kan läsas av den som har en roll i en granskad nämnd eller ett uppdrag i granskningen.",
    Permission.RESPOND_TO_AUDITS: "Granskningar besvaras av sekreterare och chefer i en granskad nämnd.",
    Permission.CARRY_OUT_AUDITS: "Granskningen kan bara ändras av den som har ett uppdrag i den.",
    Permission.DECIDE_AUDITS: "Granskningar beslutas av de förtroendevalda revisorerna.",
    Permission.DISPOSE: "Gallring sköts av systemförvaltare och administratörer för hela kommunen.",
    Permission.TAKE_EXTRACTS: "Registerutdrag tas fram av systemförvaltare för hela kommunen.",
}

View = Callable[..., HttpResponseBase]


def refuse(permission: Permission) -> PermissionDenied:
    """Return the refusal to raise when the permission is missing, with its reason in Swedish."""
    return PermissionDenied(_WHY[permission])


def needs(permission: Permission) -> Callable[[View], View]:
    """Decorate a view that asks for the permission for anything at all; what it shows is narrowed by `visible_to`."""
    return _guard(lambda access: access.may(permission), permission)


def needs_everywhere(permission: Permission) -> Callable[[View], View]:
    """Decorate a view that asks for the permission for the whole municipality."""
    return _guard(lambda access: access.may_everywhere(permission), permission)


def _guard(may: Callable[[Access], bool], permission: Permission) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: UserRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.access):
                raise refuse(permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
