"""Organisation inquiries: what the matrices say, where text and score disagree, and what the alternatives cost.

The examples are Linköping's two matrices and EFFEKT's comparison of places (domain.md and measures.md, Placement cost).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from committees.enums import Role
from committees.models import Change, Committee, User
from committees.revising import Overtaken
from governance.actions.inquiries import (
    add_inquiry,
    change_inquiry,
    exclude_alternative,
    remove_cost,
    set_score,
    write_alternative,
    write_cost,
    write_criterion,
)
from governance.documents.inquiries import inquiry_document
from governance.models import Alternative, AlternativeCost, Inquiry, Score
from governance.selectors.inquiries import UnclearScale, Weighing, read_scale, weigh, with_scores
from governance.selectors.inquiry_costs import Rate, Span, break_even, compare, rates
from tests.factories import setup_small_municipality
from tests.web.town import person

pytestmark = pytest.mark.django_db

YES_NO = "Nej (utesluter)\nJa exkl. 1\nJa"
POINTS = "0\n1\n2\n3"


@pytest.fixture
def secretary() -> User:
    setup_small_municipality()
    return person("sekreteraren", Role.SECRETARY, "SN")


def inquiry_of(by: User, names: tuple[str, ...] = ("Två förvaltningar", "En förvaltning"), **fields: Any) -> Inquiry:
    facts = {"title": "Den sociala sektorns organisation", **fields}
    inquiry = add_inquiry(committees=[Committee.objects.get(code="SN")], by=by, **facts)
    for number, name in enumerate(names, 1):
        write_alternative(inquiry, number=str(number), name=name, by=by)
    return inquiry


def fill(
    inquiry: Inquiry, by: User, rows: dict[str, str], *, scale: str, matrix: int = 1, motive: str = "Skäl."
) -> None:
    """Score the alternatives on each named criterion, the labels parted by commas in the order of the alternatives."""
    alternatives = list(inquiry.alternatives.all())
    for number, (name, labels) in enumerate(rows.items(), 1):
        criterion = write_criterion(inquiry, matrix=matrix, number=number, name=name, scale=scale, by=by)
        for alternative, label in zip(alternatives, labels.split(","), strict=True):
            if label:
                set_score(alternative, criterion, label=label, motive=motive, by=by)


def weighed(inquiry: Inquiry) -> Weighing:
    return weigh(with_scores(Inquiry.objects.all()).get(pk=inquiry.pk))


def test_the_scores_of_the_second_matrix_are_summed(secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    rows = {
        "Verksamhetsområde": "3,3",
        "Samverkan": "2,3",
        "Effektivitet": "1,3",
        "Sektorn": "0,3",
        "Anpassning": "2,3",
    }
    fill(inquiry, secretary, rows, scale=POINTS)
    (matrix,) = weighed(inquiry).matrices
    assert matrix.sums == (Decimal(8), Decimal(15))
    assert not weighed(inquiry).warnings


def test_labels_without_numbers_and_missing_scores_have_no_sum(secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    fill(inquiry, secretary, {"Helhet": "Ja,Ja"}, scale=YES_NO)
    fill(inquiry, secretary, {"Samverkan": "2,"}, scale=POINTS, matrix=2)
    found = weighed(inquiry)
    assert [matrix.sums for matrix in found.matrices] == [(None, None), (Decimal(2), None)]
    assert found.warnings == ("Alternativ 2, ”Samverkan”: poäng saknas.",)


def test_what_the_first_matrix_excludes_is_held_against_what_was_decided(secretary: User) -> None:
    inquiry = inquiry_of(secretary, ("Som i dag", "Två", "En", "Egen arbetsmarknadsförvaltning"))
    rows = {
        "Helhetsansvar": "Nej,Ja,Ja,Ja exkl. 1",
        "Genomförandekraft": "Nej,Ja,Ja,Ja exkl. 1",
        "Förvaltningsstruktur": "Nej,Nej,Ja,Nej",
        "Utföraruppdrag": "Ja,Ja,Ja,Ja",
    }
    fill(inquiry, secretary, rows, scale=YES_NO)
    for number in ("1", "4"):
        alternative = inquiry.alternatives.get(number=number)
        exclude_alternative(alternative, after=1, motive="Faller på avgörande punkter.", by=secretary)
    assert weighed(inquiry).warnings == (
        "Alternativ 2: poängen utesluter alternativet (”Förvaltningsstruktur”), men det har gått vidare.",
    )
    exclude_alternative(inquiry.alternatives.get(number="3"), after=1, motive="För stor.", by=secretary)
    assert "Alternativ 3: alternativet är avfört, men ingen poäng utesluter det." in weighed(inquiry).warnings


def test_an_alternative_that_was_taken_out_is_not_asked_for_in_later_matrices(secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    fill(inquiry, secretary, {"Helhet": "Nej,Ja"}, scale=YES_NO)
    taken = exclude_alternative(inquiry.alternatives.get(number="1"), after=1, motive="Nej på helhet.", by=secretary)
    fill(inquiry, secretary, {"Samverkan": ",3"}, scale=POINTS, matrix=2)
    found = weighed(inquiry)
    assert [len(matrix.alternatives) for matrix in found.matrices] == [2, 1]
    assert not found.warnings
    set_score(taken, inquiry.criteria.get(matrix=2), label="1", motive="Skäl.", by=secretary)
    assert "avfört men har ändå fått poäng" in weighed(inquiry).warnings[0]


@pytest.mark.parametrize(
    ("labels", "motive", "said"),
    [
        ("3,3", "Bedöms som något svagare än det andra.", "motivet säger ”svagare”"),
        ("3,2", "Sämre överblick.", "motivet säger ”sämre”"),
        ("1,2", "Bättre överblick.", "motivet säger ”bättre”"),
        ("1,2", "Förutsättningarna är likvärdiga.", "motivet säger ”likvärdiga”"),
        ("1,2", "Sämre överblick.", ""),
        ("3,3", "Det är inte på något sätt sämre.", ""),
        ("2,2", "Bättre på kort sikt, sämre på lång.", ""),
        ("1,2", "Ger inte likvärdiga förutsättningar.", ""),
        ("3,3", "", "motiv saknas"),
    ],
)
def test_a_motive_that_says_another_thing_than_the_score_is_warned_of(
    secretary: User, labels: str, motive: str, said: str
) -> None:
    inquiry = inquiry_of(secretary)
    fill(inquiry, secretary, {"Helhet": labels}, scale=POINTS)
    score = Score.objects.get(alternative__number="1")
    set_score(score.alternative, score.criterion, label=score.label, motive=motive, read_as=1, by=secretary)
    warnings = weighed(inquiry).warnings
    assert len(warnings) == bool(said)
    assert all(said in sentence for sentence in warnings)


def test_a_scale_that_no_longer_has_a_score_is_warned_of(secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    fill(inquiry, secretary, {"Helhet": "3,2"}, scale=POINTS)
    criterion = inquiry.criteria.get()
    write_criterion(inquiry, criterion=criterion, matrix=1, number=1, name="Helhet", scale="0\n1\n2", by=secretary)
    assert weighed(inquiry).warnings == ("Alternativ 1, ”Helhet”: ”3” finns inte i skalan.",)


def test_a_scale_is_read_as_written() -> None:
    assert read_scale("Nej (utesluter)\nDelvis = 0,5\n2") == [
        {"label": "Nej", "value": None, "excludes": True},
        {"label": "Delvis", "value": "0.5", "excludes": False},
        {"label": "2", "value": "2", "excludes": False},
    ]


@pytest.mark.parametrize("text", ["", "Ja", "Ja\nja", "Nej\nJa = bra", "Nej\n= 2"])
def test_a_scale_that_cannot_be_told_is_refused(text: str) -> None:
    with pytest.raises(UnclearScale):
        read_scale(text)


def placement(by: User) -> Inquiry:
    """EFFEKT: 42 857 kr a place in homes that are there, against 150 000–320 000 kr in total for one's own."""
    inquiry = inquiry_of(by, ("Plats i befintligt hem", "Eget hem"), volume=Decimal(4), volume_unit="platser")
    there, own = inquiry.alternatives.all()
    write_cost(there, name="Plats", low=Decimal(42857), high=Decimal(42857), per_place=True, by=by)
    write_cost(own, name="Drift", low=Decimal(150000), high=Decimal(320000), per_place=False, by=by)
    return with_scores(Inquiry.objects.all()).get(pk=inquiry.pk)


def test_the_cost_at_a_volume_is_that_of_the_worked_example(secretary: User) -> None:
    there, own = rates(placement(secretary))
    assert there.at(Decimal(4)) == Span(Decimal(171428), Decimal(171428))
    assert there.at(Decimal(2)) == Span(Decimal(85714), Decimal(85714))
    assert own.at(Decimal(2)) == Span(Decimal(150000), Decimal(320000))


def test_the_break_even_is_between_three_and_a_half_and_seven_and_a_half_places(secretary: User) -> None:
    inquiry = placement(secretary)
    for pair in (rates(inquiry), rates(inquiry)[::-1]):
        found = break_even(*pair)
        assert found is not None
        assert (round(found.low, 1), round(found.high, 1)) == (Decimal("3.5"), Decimal("7.5"))
    (two,) = compare(inquiry, Decimal(2))
    assert two.break_even == (
        "Alternativ 1 är billigare upp till 3,5 platser och alternativ 2 från 7,5. Däremellan går det inte att säga."
    )
    assert two.at_volume.replace("\N{NO-BREAK SPACE}", " ") == (
        "Vid 2 platser kostar alternativ 1 64 286–234 286 kr mindre i månaden än alternativ 2."
    )
    (four,) = compare(inquiry, Decimal(4))
    assert "går det inte att säga" in four.at_volume


def test_costs_that_never_cross_have_no_break_even() -> None:
    def rate(total: int, per_place: int) -> Rate:
        return Rate(
            Alternative(number="1"),
            Span(Decimal(total), Decimal(total)),
            Span(Decimal(per_place), Decimal(per_place)),
        )

    assert break_even(rate(10, 5), rate(20, 5)) is None
    assert break_even(rate(10, 5), rate(20, 6)) is None
    assert break_even(rate(10, 5), rate(0, 10)) == Span(Decimal(2), Decimal(2))


def test_writing_keeps_who_and_before_and_refuses_what_cannot_be(secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    fill(inquiry, secretary, {"Helhet": "3,2"}, scale=POINTS)
    score = Score.objects.get(alternative__number="1")
    with pytest.raises(ValidationError, match="varför"):
        set_score(score.alternative, score.criterion, label="2", motive="Ny.", read_as=1, by=secretary)
    set_score(score.alternative, score.criterion, label="2", motive="Ny.", read_as=1, why="Nytt underlag", by=secretary)
    logged = Change.objects.of(inquiry).get(field="alternativ 1, kriterium 1.1: poäng", why="Nytt underlag")
    assert (logged.before, logged.after, logged.by) == ("3", "2", secretary)
    with pytest.raises(Overtaken):
        set_score(score.alternative, score.criterion, label="1", motive="", read_as=1, why="x", by=secretary)
    with pytest.raises(ValidationError, match="finns inte i skalan"):
        set_score(score.alternative, score.criterion, label="9", motive="", read_as=2, why="x", by=secretary)
    with pytest.raises(ValidationError, match="varför"):
        exclude_alternative(score.alternative, after=1, motive=" ", by=secretary)
    with pytest.raises(ValidationError, match="redan ett alternativ 1"):
        write_alternative(inquiry, number="1", name="En till", by=secretary)
    with pytest.raises(ValidationError, match="minst lika stort"):
        write_cost(score.alternative, name="x", low=Decimal(2), high=Decimal(1), per_place=True, by=secretary)


def test_an_inquiry_is_kept_by_its_own_committees_and_seen_by_no_other(secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    outsider = person("andra", Role.SECRETARY, "KUN")
    with pytest.raises(PermissionDenied):
        write_alternative(inquiry, number="9", name="x", by=outsider)
    with pytest.raises(PermissionDenied):
        change_inquiry(inquiry, read_as=1, committees=[Committee.objects.get(code="SN")], by=outsider, title="x")
    assert not Inquiry.objects.visible_to(outsider).exists()


def test_a_removed_cost_stays_in_the_log(secretary: User) -> None:
    inquiry = placement(secretary)
    remove_cost(AlternativeCost.objects.get(per_place=False), by=secretary)
    assert "150000.00–320000.00 kr, totalt" in Change.objects.of(inquiry).latest("pk").before


def test_the_pages_write_an_inquiry_and_show_it(client: Client, secretary: User) -> None:
    client.force_login(secretary)
    assert "För in den första" in client.get("/styrning/utredningar/").content.decode()
    sn = Committee.objects.get(code="SN").pk
    client.post("/styrning/utredningar/ny/", {"title": "Placeringar", "committees": [sn], "volume_unit": "platser"})
    inquiry = Inquiry.objects.get()
    url = f"/styrning/utredningar/{inquiry.pk}/"
    for number in ("1", "2"):
        client.post(f"{url}alternativ/nytt/", {"number": number, "name": f"Sätt {number}"})
    client.post(f"{url}kriterium/nytt/", {"matrix": 1, "number": 1, "name": "Likabehandling", "written_scale": YES_NO})
    one, two = inquiry.alternatives.all()
    criterion = inquiry.criteria.get()
    scored = f"{url}kriterium/{criterion.pk}/alternativ/"
    client.post(f"{scored}{one.pk}/", {"label": "Ja", "motive": "Samma stöd för alla."})
    client.post(f"{scored}{two.pk}/", {"label": "Nej", "motive": "Skilda boenden."})
    client.post(
        f"{url}alternativ/{two.pk}/avfor/",
        {"excluded_after": "1", "exclusion_motive": "Skiljer barnen åt.", "read_as": 1},
    )
    cost = {"name": "Plats", "low": "42857", "high": "42857"}
    refused = client.post(f"{url}alternativ/{one.pk}/kostnad/ny/", cost)
    assert refused.status_code == 200
    assert not AlternativeCost.objects.exists()
    client.post(f"{url}alternativ/{one.pk}/kostnad/ny/", {**cost, "per_place": "plats"})
    page = client.get(f"{url}?antal=4").content.decode()
    assert "Samma stöd för alla." in page
    assert "Avfört efter matris 1: Skiljer barnen åt." in page
    assert "171\N{NO-BREAK SPACE}428\N{NO-BREAK SPACE}kr" in page
    assert "Att se över" not in page
    assert (
        client.post(f"{url}alternativ/{one.pk}/kostnad/{AlternativeCost.objects.get().pk}/ta-bort/").status_code == 302
    )
    assert not AlternativeCost.objects.exists()


def test_of_two_who_score_at_once_the_second_sees_both(client: Client, secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    fill(inquiry, secretary, {"Helhet": "3,2"}, scale=POINTS)
    score = Score.objects.get(alternative__number="1")
    client.force_login(secretary)
    url = f"/styrning/utredningar/{inquiry.pk}/kriterium/{score.criterion_id}/alternativ/{score.alternative_id}/"
    first = client.post(url, {"label": "3", "motive": "Den enes text", "read_as": 1})
    second = client.post(url, {"label": "3", "motive": "Den andres text", "read_as": 1})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Den enes text" in second.content.decode()
    assert "Den andres text" in second.content.decode()


def test_of_two_who_write_the_same_part_the_second_sees_both(client: Client, secretary: User) -> None:
    inquiry = inquiry_of(secretary)
    fill(inquiry, secretary, {"Helhet": "3,2"}, scale=POINTS)
    [one, _], criterion = inquiry.alternatives.all(), inquiry.criteria.get()
    cost = write_cost(one, name="Plats", low=Decimal(1), high=Decimal(2), per_place=True, by=secretary)
    client.force_login(secretary)
    url = f"/styrning/utredningar/{inquiry.pk}/"
    scale = {"matrix": 1, "number": 1, "name": "Helhet"}
    amount = {"name": "Plats", "low": "1", "high": "2"}
    for address, first, second, shown in (
        (
            f"alternativ/{one.pk}/",
            {"number": "1", "name": "Den enes"},
            {"number": "1", "name": "Den andres"},
            "Den enes",
        ),
        (
            f"alternativ/{one.pk}/avfor/",
            {"excluded_after": "1", "exclusion_motive": "För dyrt."},
            {"excluded_after": "", "exclusion_motive": "Billigt nog."},
            "För dyrt.",
        ),
        (
            f"kriterium/{criterion.pk}/",
            {**scale, "written_scale": "0\n3\nUtmärkt = 5"},
            {**scale, "written_scale": POINTS},
            "Utmärkt = 5",
        ),
        (
            f"alternativ/{one.pk}/kostnad/{cost.pk}/",
            {**amount, "per_place": "totalt"},
            {**amount, "per_place": "plats"},
            "alternativet totalt",
        ),
    ):
        read_as = 2 if address.endswith("avfor/") else 1  # the alternative was already written in once
        saved = client.post(url + address, {**first, "read_as": read_as})
        late = client.post(url + address, {**second, "read_as": read_as})
        assert (saved.status_code, late.status_code) == (302, 409), address
        assert shown in late.content.decode()


def test_the_inquiry_is_a_paper_with_matrices_sums_and_cost(client: Client, secretary: User) -> None:
    inquiry = inquiry_of(
        secretary,
        conclusion="Köp platser.",
        question="Ska boendet drivas själv?",
        volume=Decimal(4),
        volume_unit="platser",
    )
    fill(inquiry, secretary, {"Helhet": "3,2", "Samverkan": "2,"}, scale=POINTS)
    one, two = inquiry.alternatives.all()
    known = Decimal(42857)
    write_cost(one, name="Plats", low=known, high=known, per_place=True, by=secretary)
    write_cost(two, name="Drift", low=Decimal(150000), high=Decimal(320000), per_place=False, by=secretary)
    fetched = with_scores(Inquiry.objects.all()).get(pk=inquiry.pk)
    matrix, _, at_volume = inquiry_document(fetched, "Provkommun", dt.date(2025, 1, 31)).tables
    assert [[cell.text for cell in row] for row in matrix.rows] == [
        ["1. Helhet", "3. Skäl.", "2. Skäl."],
        ["2. Samverkan", "2. Skäl.", "saknas"],
        ["Summa", "5", "–"],
    ]
    assert [row[1].text.replace("\N{NO-BREAK SPACE}", " ") for row in at_volume.rows] == [
        "171 428 kr",
        "150 000–320 000 kr",
    ]
    client.force_login(secretary)
    answer = client.get(f"/styrning/utredningar/{inquiry.pk}/utredning.pdf")
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    client.force_login(person("andra", Role.SECRETARY, "KUN"))
    assert client.get(f"/styrning/utredningar/{inquiry.pk}/utredning.pdf").status_code == 404


def test_the_register_and_the_page_cost_as_few_questions_for_much_as_for_little(
    client: Client, secretary: User
) -> None:
    for number in range(5):
        inquiry = inquiry_of(secretary, title=f"Utredning {number}")
        fill(inquiry, secretary, {f"Krav {one}": "3,2" for one in range(4)}, scale=POINTS)
    client.force_login(secretary)
    for url in ("/styrning/utredningar/", f"/styrning/utredningar/{inquiry.pk}/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        assert len(queries) < 15
    listed = client.get("/styrning/utredningar/?fil=csv").content.decode("utf-8-sig")
    assert "Utredning 4" in listed
