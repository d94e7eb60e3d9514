"""Templates of reports: what may be in one, every fault with its line, and versions that stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from committees.append_only import NeverChanged
from committees.toml_tables import TextFault
from committees.versioned_texts import TextOvertaken
from reporting.documents.models import ReportTemplate, ReportTemplateVersion
from reporting.documents.templates.model import FigureContent, PartKind, Writer
from reporting.documents.templates.reading import content_of, read
from reporting.documents.templates.storing import DELIVERED, deliver_templates, store_template
from reporting.enums import ReportKind
from tests.documents import work

SHEET = (DELIVERED / "manadsblad.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[str]:
    with pytest.raises(TextFault) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("path", sorted(DELIVERED.glob("*.toml")), ids=lambda path: path.stem)
def test_the_delivered_templates_can_be_read_and_are_named_by_their_codes(path: Path) -> None:
    assert read(path.read_text(encoding="utf-8")).code == path.stem


def test_every_kind_of_report_has_a_template_and_several_committees_have_theirs() -> None:
    contents = [read(path.read_text(encoding="utf-8")) for path in DELIVERED.glob("*.toml")]
    assert {content.kind for content in contents} == set(ReportKind.written())
    assert [content.code for content in contents if content.joint] == ["samlad-uppfoljning"]


def test_the_annual_report_has_all_figures_once_and_the_texts_of_its_chapters() -> None:
    content = read((DELIVERED / "helarsrapport.toml").read_text(encoding="utf-8"))
    shown = [part.content for part in content.parts if part.kind is PartKind.FIGURES]
    assert sorted(str(one) for one in shown) == sorted(FigureContent.of(ReportKind.ANNUAL))
    assert content.part("ekonomi-text").writer is Writer.MANAGER
    assert not content.part("personal-text").required


def test_everything_that_is_wrong_is_said_at_once_with_its_line() -> None:
    text = SHEET.replace('slag = "manadsblad"', 'slag = "veckoblad"').replace("utskick = 5", "utskick = 500")
    text = text.replace('skribent = "chef"', 'skribent = "chefen"').replace('kod = "sent-text"', 'kod = "laget-text"')
    said = faults(text)
    assert len(said) == 4
    assert said[0].startswith("Rad 3:")
    assert any("Menade du ”chef”" in one for one in said)
    assert any("används redan" in one for one in said)


def test_what_is_counted_by_whole_years_stands_in_the_annual_report_only() -> None:
    extra = '\n[[kapitel.delar]]\nkod = "siffror"\nrubrik = "Siffror"\nslag = "siffror"\ninnehall = "sfi"\n'
    [said] = faults(SHEET + extra)
    assert "sfi" in said
    assert "nyckeltal" in said


def test_a_text_that_is_not_toml_is_told_where() -> None:
    assert faults('kod = "x"\ntitel = \n')[0].startswith("Rad 2:")


@pytest.mark.django_db
def test_an_edited_template_is_a_new_version_and_the_first_to_save_wins() -> None:
    work.prepare()
    secretary = work.secretary_of("SN")
    template = ReportTemplate.objects.get(code="manadsblad")
    edited = SHEET.replace("datastopp = 9", "datastopp = 12")
    second = store_template(text=edited, of=template, read_as=1, by=secretary)
    leads = content_of(second).lead_times
    assert leads is not None
    assert (second.number, leads.data_stop) == (2, 12)
    assert store_template(text=edited, of=template, read_as=1, by=secretary) == second
    with pytest.raises(TextOvertaken):
        store_template(text=SHEET.replace("= 9", "= 14"), of=template, read_as=1, by=secretary)
    with pytest.raises(TextFault, match="behåller sin kod"):
        store_template(text=SHEET.replace('kod = "manadsblad"', 'kod = "ny"'), of=template, read_as=2, by=secretary)
    deliver_templates()
    assert template.versions.count() == 2


@pytest.mark.django_db
def test_only_who_makes_reports_edits_templates_and_a_version_is_never_changed() -> None:
    work.prepare()
    with pytest.raises(PermissionDenied):
        store_template(text=SHEET, of=ReportTemplate.objects.get(code="manadsblad"), by=work.manager_of("SN"))
    with pytest.raises(NeverChanged):
        ReportTemplateVersion.objects.update(text="")


@pytest.mark.django_db
def test_a_report_keeps_the_version_it_began_with() -> None:
    work.prepare()
    secretary = work.secretary_of("SN")
    report = work.interim(secretary)
    first = work.template("delarsrapport")
    template = first.template
    store_template(text=first.text.replace("Resten av året", "Framåt"), of=template, read_as=1, by=secretary)
    report.refresh_from_db()
    assert report.template_version == first


@pytest.mark.django_db
def test_a_secretary_copies_a_delivered_template_by_file_and_sees_what_she_has_changed(client: Client) -> None:
    work.prepare()
    client.force_login(work.secretary_of("SN"))
    copy = reverse("report_work_template_copy", args=["manadsblad"])
    assert "kod = &quot;manadsblad-egen&quot;" in client.get(copy).content.decode()
    broken = (
        SHEET.replace('kod = "manadsblad"', 'kod = "blad"')
        .replace("utskick = 5", "utskick = 500")
        .replace('skribent = "chef"', 'skribent = "chefen"')
    )
    refused = client.post(copy, {"text": "", "file": SimpleUploadedFile("blad.toml", broken.encode())}).content.decode()
    assert "”utskick” är 500" in refused
    assert "Menade du ”chef”" in refused
    assert "utskick = 500" in refused
    assert not ReportTemplate.objects.filter(code="blad").exists()
    mine = SHEET.replace('kod = "manadsblad"', 'kod = "blad"')
    client.post(copy, {"text": "", "file": SimpleUploadedFile("blad.toml", mine.encode())})
    edit = reverse("report_work_template_edit", args=["blad"])
    for number, days in ((1, 12), (2, 14)):
        client.post(edit, {"text": mine.replace("datastopp = 9", f"datastopp = {days}"), "read_as": number})
    shown = client.get(reverse("report_work_template", args=["blad"]), {"version": "3", "jamfor": "1"}).content.decode()
    assert '<span class="removed">− datastopp = 9' in shown
    assert '<span class="added">+ datastopp = 14' in shown
    assert "datastopp = 12" not in shown
    assert ReportTemplate.objects.get(code="manadsblad").versions.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": " "}, "Skriv texten eller välj en fil."),
        ({"file": b'kod = "\xe5"'}, "Spara den som text med teckenkodningen UTF-8."),
        ({"file": b"#" * 200_001}, "Filen är för lång: högst 200000 tecken."),
    ],
)
def test_a_file_that_is_no_text_or_too_long_leaves_everything_as_it_was(
    client: Client, sent: dict[str, str | bytes], says: str
) -> None:
    work.prepare()
    client.force_login(work.secretary_of("SN"))
    posted = {
        name: SimpleUploadedFile("mall.toml", value) if isinstance(value, bytes) else value
        for name, value in sent.items()
    }
    before = ReportTemplateVersion.objects.count()
    answer = client.post(reverse("report_work_template_edit", args=["manadsblad"]), {"read_as": 1, **posted})
    assert says in answer.content.decode()
    assert ReportTemplateVersion.objects.count() == before
