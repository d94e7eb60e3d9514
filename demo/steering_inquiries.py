"""The demonstration's organisation inquiries: Linköping's two matrices and EFFEKT's comparison of what places cost.

Scores, exclusions and amounts are the documents' (KS 2017-515; EFFEKT, area # 2.1); the motives are in words of our own. What
does not fit together in them is left as it is, for the page to show: alternative 2 fails a criterion and yet goes on, and is
called somewhat weaker where it scores the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from committees.models import Committee, User
from governance.actions.inquiries import (
    add_inquiry,
    exclude_alternative,
    set_score,
    write_alternative,
    write_cost,
    write_criterion,
)
from governance.models import Inquiry

_SECTOR = "Förvaltningsorganisation för den sociala sektorn"
_PLACES = "Platser för ensamkommande barn"
_ALTERNATIVES = (
    "Tre förvaltningar, som i dag",
    "Social- och omsorgsförvaltning och äldreförvaltning",
    "Social-, omsorgs- och äldreförvaltning",
    "Något av 1–3 och en egen arbetsmarknadsförvaltning",
)
_YES_NO = "Nej (utesluter)\nJa exkl. 1\nJa"
_POINTS = "0\n1\n2\n3"

_SPLIT = "Myndighetsutövning och beställning ligger i skilda förvaltningar."
_BY_AREA = "Myndighetsutövning och beställning hålls ihop för varje verksamhetsområde."
_TOGETHER = "Myndighetsutövning och beställning hålls ihop för alla områden."
_DEPENDS = "Gäller om det läggs till alternativ 2 eller 3."
_BASES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Stödja nämndernas helhetsansvar", ("Nej", "Ja", "Ja", "Ja exkl. 1"), (_SPLIT, _BY_AREA, _TOGETHER, _DEPENDS)),
    (
        "Öka genomförandekraften",
        ("Nej", "Ja", "Ja", "Ja exkl. 1"),
        (_SPLIT, "Ett område leds från ett håll.", "Hela sektorn leds från ett håll.", _DEPENDS),
    ),
    (
        "Stämma med kommunens övriga förvaltningar",
        ("Nej", "Nej", "Ja", "Nej"),
        (
            "Flera förvaltningar stödjer samma nämnd.",
            "Två mindre förvaltningar ska bära egen ledning och eget stöd.",
            "En förvaltning stödjer flera nämnder, som på andra håll i kommunen.",
            "En förvaltning till ska bära egen ledning och eget stöd.",
        ),
    ),
    (
        "Kunna ta emot ett utföraruppdrag",
        ("Ja", "Ja", "Ja", "Ja"),
        ("Inget i organisationen hindrar det.",) * 4,
    ),
)
_PRINCIPLES: tuple[tuple[str, str, tuple[str, str], tuple[str, str]], ...] = (
    (
        "Helhetsansvar per verksamhetsområde",
        "",
        ("3", "3"),
        ("Något svagare än en gemensam förvaltning: två förvaltningar måste komma överens.", "Områdena hålls ihop."),
    ),
    (
        "Förutsättningar för samverkan",
        "",
        ("2", "3"),
        ("Svagare: mer samordning krävs, och andra får fler vägar in.", "En väg in för dem utanför."),
    ),
    (
        "Förutsättningar för en effektiv organisation",
        "Ledning och styrning\nStab och stöd\nLiknande arbetsuppgifter\nKompetensförsörjning",
        ("1", "3"),
        ("Betydligt svagare: funktioner dubbleras och kompetensen delas.", "Ledning, stab och stöd används gemensamt."),
    ),
    (
        "Helhetsansvar för hela sektorn",
        "",
        ("0", "3"),
        ("Betydligt svagare: ansvaret för sektorn är delat.", "Sektorn hålls ihop av en förvaltning."),
    ),
    (
        "Möjlighet till anpassning",
        "",
        ("2", "3"),
        ("Svagare: svårt att flytta resurser mellan förvaltningar.", "Resurser kan flyttas inom förvaltningen."),
    ),
)


def add_inquiries(by: User) -> Iterator[bool]:
    """Enter the inquiries that are not there, telling for each whether it was added."""
    for title, enter in ((_SECTOR, _sector), (_PLACES, _places)):
        missing = not Inquiry.objects.filter(title=title).exists()
        if missing:
            enter(by)
        yield missing


def _inquiry(title: str, names: tuple[str, ...], by: User, *, codes: tuple[str, ...], **facts: Any) -> Inquiry:
    inquiry = add_inquiry(committees=Committee.objects.filter(code__in=codes), by=by, title=title, **facts)
    for number, name in enumerate(names, 1):
        measures = "Gemensam beredning och jämnare storlek mellan förvaltningarna." if name == _ALTERNATIVES[1] else ""
        write_alternative(inquiry, number=str(number), name=name, measures=measures, by=by)
    return inquiry


def _sector(by: User) -> None:
    inquiry = _inquiry(
        _SECTOR,
        _ALTERNATIVES,
        by,
        codes=("SN",),
        question="Hur ska förvaltningarna inom den sociala sektorn organiseras när nämnderna ändras 2019?",
        conclusion="En social-, omsorgs- och äldreförvaltning ger de bästa förutsättningarna.",
        source="Linköpings kommun, KS 2017-515",
    )
    one, two, three, four = inquiry.alternatives.all()
    for number, (name, labels, motives) in enumerate(_BASES, 1):
        basis = write_criterion(inquiry, matrix=1, number=number, name=name, scale=_YES_NO, by=by)
        for alternative, label, motive in zip((one, two, three, four), labels, motives, strict=True):
            set_score(alternative, basis, label=label, motive=motive, by=by)
    for alternative in (one, four):
        motive = "Stödjer på avgörande punkter inte utgångspunkterna lika väl som alternativ 2 och 3."
        exclude_alternative(alternative, after=1, motive=motive, by=by)
    for number, (name, aspects, points, reasons) in enumerate(_PRINCIPLES, 1):
        principle = write_criterion(inquiry, matrix=2, number=number, name=name, aspects=aspects, scale=_POINTS, by=by)
        for alternative, label, motive in zip((two, three), points, reasons, strict=True):
            set_score(alternative, principle, label=label, motive=motive, by=by)


def _places(by: User) -> None:
    """The action plan does not say whether 42 857 kr is a place or in total; here it is read as a place (measures.md)."""
    inquiry = _inquiry(
        _PLACES,
        ("Plats på HVB med andra placerade", "Eget HVB"),
        by,
        codes=("SN", "KUN"),
        question="Ska ensamkommande barn bo på HVB med andra placerade eller i ett eget?",
        conclusion="De få barnen bor med andra placerade. Det håller kvaliteten och ger lika behandling.",
        source="Handlingsplan EFFEKT, område # 2.1. Underlaget säger inte om beloppet gäller en plats; det antas här.",
        volume=Decimal(4),
        volume_unit="platser",
    )
    there, own = inquiry.alternatives.all()
    known = Decimal(42857)
    write_cost(there, name="Plats", low=known, high=known, per_place=True, source="EFFEKT # 2.1", by=by)
    low, high = Decimal(150000), Decimal(320000)
    write_cost(own, name="Drift", low=low, high=high, per_place=False, source="EFFEKT # 2.1", by=by)
