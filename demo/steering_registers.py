"""The demonstration's commissions, steering documents, forums and organisation inquiries.

The facts are those of published documents, in words of our own: a directive on moving integration and labour market; the action
plan EFFEKT, area # 2.1; KPMG's audit of Alingsås kommun, 2024-09-26; Linköping's review of its social sector (KS 2017-515).
Where a document has no date or paragraph, what is entered here is invented, as are the meetings of the forums.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from committees.models import Committee, Unit, User
from demo.steering_inquiries import add_inquiries
from governance.actions.commissions import Party, give_commission, move_commission, note_decision, note_event
from governance.actions.documents import add_document
from governance.actions.forums import add_forum, note_meeting
from governance.enums import CommissionEventKind, DocumentKind, PartyRole
from governance.models import Commission, Forum, Indicator, SteeringDocument
from governance.selectors.commissions import last_day_of

_DIRECTIVE: dict[str, Any] = {
    "title": "Flytta integration och arbetsmarknad till individ- och familjeomsorgen",
    "background": "Enheten har legat under vuxenutbildningen sedan chefstjänster drogs in 2023. Samarbetet med individ- och "
    "familjeomsorgen har inte blivit bättre, och kunskapen om verksamheten saknas i chefsledet.",
    "purpose": "Bättre service till invånarna och en effektivare användning av gemensamma resurser.",
    "deliverable": "Ett underlag för de beslut som flytten kräver.",
    "closing": "När besluten kan fattas och omorganisationen verkställas.",
    "due_text": "Q1 2025",
    "caused_by": "Revisionens granskning av integrationen (PwC): samverkan måste fungera",
    "effect_claimed": "Närheten ska ge samverkan och göra att fler går vidare till arbete eller studier.",
}
_EFFEKT: dict[str, Any] = {
    "number": "# 2.1",
    "title": "Utred en samlad flyktingverksamhet under utbildningsnämnden",
    "purpose": "Effektivare användning av resurserna, framför allt för ensamkommande barn.",
    "perspectives": "Ekonomi, arbetsmiljö och kvalitet. Likabehandling gäller i alla tre: behovet ska styra stödet.",
    "proposals": "Behåll gränsen mellan stöd och försörjning och integrationsavdelningen.\n"
    "Behåll placeringsenheten för barn och unga hel.\n"
    "Fortsätt att föra ihop stödboende och HVB för alla barn till en organisation.",
    "caused_by": "Handlingsplan EFFEKT",
}
_MODEL: dict[str, Any] = {
    "title": "Ta fram en Alingsåsmodell",
    "purpose": "Tidiga och effektiva arbetsmarknadsinsatser, i egen regi och tillsammans med näringsliv och civilsamhälle.",
    "deliverable": "En modell som socialnämnden kan fastställa.",
    "given_on": dt.date(2022, 10, 31),
    "due_text": "2024",
}
_DOCUMENTS: tuple[tuple[str, DocumentKind, str, str, str, dict[str, Any]], ...] = (
    (
        "Riktlinjer för ekonomiskt bistånd",
        DocumentKind.GUIDELINES,
        "SN",
        "SN",
        "SF",
        {"decided_on": dt.date(2022, 3, 22), "paragraph": "§ 22", "review_by": dt.date(2025, 3, 31)},
    ),
    (
        "Socialnämndens delegationsordning",
        DocumentKind.DELEGATION,
        "SN",
        "SN",
        "",
        {"decided_on": dt.date(2024, 3, 19), "paragraph": "§ 11"},
    ),
    (
        "Socialnämndens reglemente",
        DocumentKind.REGULATIONS,
        "SN",
        "KF",
        "",
        {"decided_on": dt.date(2023, 12, 13), "paragraph": "§ 232"},
    ),
    (
        "Avtal om praktisk verksamhet",
        DocumentKind.AGREEMENT,
        "SN",
        "KUN",
        "AME",
        {"decided_on": dt.date(2021, 4, 26), "counterparty": "PMU"},
    ),
    (
        "Överenskommelse om nyanländas etablering",
        DocumentKind.AGREEMENT,
        "SN",
        "KUN",
        "AME INT",
        {"decided_on": dt.date(2022, 12, 20), "counterparty": "Arbetsförmedlingen"},
    ),
    (
        "Rutin för uppdragsdialog mellan integrationsenheten och arbetsmarknadsenheten",
        DocumentKind.ROUTINE,
        "SN",
        "",
        "AME INT",
        {"note": "Uppföljning minst en gång i månaden."},
    ),
)
"""Title, kind, the committee it concerns, who decided, the units it governs, and the rest."""
_FORUMS: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    (
        "Rektorerna för SFI och avdelningschefen för Stöd och arbete",
        {"purpose": "Elever som uteblir, avbrott och språkpraktik.", "interval_months": 1},
        ("2024-01-18", "2024-02-15", "2024-03-14", "2024-04-11", "2024-08-29", "2024-09-26", "2024-10-24"),
    ),
    (
        "Arbetsförmedlingen och kommunerna intill",
        {"purpose": "Lokala överenskommelser och gemensamma insatser.", "interval_months": 6},
        ("2024-02-20", "2024-08-20"),
    ),
)


def add_registers() -> int:
    """Enter what is not in the registers yet, and return how much that was. The accounts and the goals must be there."""
    by = User.objects.get(username="sekreterare")
    added = (*_commissions(by), *_documents(by), *_forums(by), *add_inquiries(by))
    return sum(1 for one in added if one)


def _commissions(by: User) -> Iterator[bool]:
    for facts, enter in ((_DIRECTIVE, _directive), (_EFFEKT, _effekt), (_MODEL, _model)):
        if Commission.objects.filter(title=facts["title"]).exists():
            yield False
            continue
        enter(by)
        yield True


def _give(facts: dict[str, Any], parties: list[Party], by: User, **more: Any) -> Commission:
    due = last_day_of(facts["due_text"]) if "due_text" in facts else None
    return give_commission(parties=parties, by=by, due=due, **facts, **more)


def _directive(by: User) -> None:
    indicator = Indicator.objects.get(code="till-arbete-eller-studier")
    chairs = ("Kommunstyrelsens ordförande", "Kultur- och utbildningsnämndens ordförande", "Socialnämndens ordförande")
    parties: list[Party] = [
        *((PartyRole.GIVER, chair) for chair in chairs),
        (PartyRole.RECEIVER, "Kommunchefen"),
        *((PartyRole.RECEIVER, _committee(code)) for code in ("SN", "KUN")),
    ]
    measured = {name: getattr(indicator, name) for name in ("measure", "variant", "selection")}
    _give(_DIRECTIVE, parties, by, **measured)


def _effekt(by: User) -> None:
    """Given to two committees and decided by one, so that the other's decision is still wanting."""
    parties: list[Party] = [
        (PartyRole.GIVER, _committee("KS")),
        *((PartyRole.RECEIVER, _committee(code)) for code in ("SN", "KUN")),
        (PartyRole.SENT_TO, "Kommunledningskontoret"),
    ]
    commission = _give(_EFFEKT, parties, by)
    for on, text in (
        (
            dt.date(2018, 3, 1),
            "Prognosen för HVB är fyra ensamkommande barn 2018 och två 2019: för få för ett eget hem.",
        ),
        (dt.date(2018, 3, 1), "Förvaltningarna har fått tydligare rutiner för samverkan och ansvar."),
    ):
        note_event(commission, kind=CommissionEventKind.PREMISE, on=on, text=text, by=by)
    commission = move_commission(commission, name="report", by=by)
    note_decision(
        commission,
        committee=_committee("KUN"),
        decided_on=dt.date(2018, 4, 24),
        paragraph="§ 41",
        text="Nämnden godkänner utredningen.",
        by=by,
    )


def _model(by: User) -> None:
    parties: list[Party] = [
        (PartyRole.GIVER, _committee("KS")),
        (PartyRole.RECEIVER, "Kommundirektören"),
        (PartyRole.RECEIVER, _committee("SN")),
    ]
    commission = move_commission(_give(_MODEL, parties, by), name="start", by=by)
    text = "Uppdraget förtydligades i budgeten för 2023–2025."
    note_event(commission, kind=CommissionEventKind.CLARIFIED, on=dt.date(2022, 12, 14), text=text, by=by)


def _documents(by: User) -> Iterator[bool]:
    for title, kind, committee, decided_by, units, facts in _DOCUMENTS:
        if SteeringDocument.objects.filter(title=title).exists():
            yield False
            continue
        add_document(
            committees=[_committee(committee)],
            units=Unit.objects.filter(code__in=units.split()),
            by=by,
            title=title,
            kind=kind,
            decided_by=_committee(decided_by) if decided_by else None,
            **facts,
        )
        yield True


def _forums(by: User) -> Iterator[bool]:
    for name, facts, days in _FORUMS:
        if Forum.objects.filter(name=name).exists():
            yield False
            continue
        committees = [_committee(code) for code in ("SN", "KUN")]
        forum = add_forum(committees=committees, by=by, name=name, start=dt.date(2024, 1, 1), **facts)
        for day in days:
            note_meeting(forum, held_on=dt.date.fromisoformat(day), minutes="", by=by)
        yield True


def _committee(code: str) -> Committee:
    return Committee.objects.get(code=code)
