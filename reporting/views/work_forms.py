"""Forms of reports on their way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Committee, RoleAssignment, User
from committees.permissions import ROLE_PERMISSIONS, Access, Permission
from committees.writing_forms import DateField, LongText
from reporting.documents.models import BoardReport, ReportPeriod, ReportTemplate
from reporting.documents.templates.reading import MOST_LEAD_DAYS
from reporting.documents.work.demands import LONGEST_REASON
from reporting.documents.work.periods import PERIOD_KINDS

_MEETING = "sammantrade_"


class MeetingFields(forms.Form):
    """A date for the meeting of each committee."""

    def __init__(
        self,
        *args: Any,
        committees: QuerySet[Committee],
        required: bool,
        in_time: Mapping[Committee, dt.date] | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask for the meetings of these committees; without `required` a committee is left out by leaving its date empty.

        `in_time`: the next meeting in the calendar that a report is in time for, which is said beside the date.
        """
        super().__init__(*args, **kwargs)
        self._committees = {f"{_MEETING}{one.pk}": one for one in committees}
        for name, committee in self._committees.items():
            day = (in_time or {}).get(committee)
            said = f"Nästa sammanträde i kalendern som hinns med: {day.isoformat()}." if day else ""
            self.fields[name] = DateField(label=f"Sammanträde i {committee.name}", required=required, help_text=said)

    @staticmethod
    def first_days(days: Mapping[Committee, dt.date]) -> dict[str, dt.date]:
        """Return what the form begins with for the committees to meet on these days."""
        return {f"{_MEETING}{committee.pk}": day for committee, day in days.items()}

    def meetings(self) -> dict[Committee, dt.date]:
        """Return the dates that were given, by committee."""
        given = ((committee, self.cleaned_data.get(name)) for name, committee in self._committees.items())
        return {committee: day for committee, day in given if day is not None}


class SetUpForm(MeetingFields):
    """A report to be set up: template, period, year and meetings."""

    template = forms.ModelChoiceField(label="Mall", queryset=ReportTemplate.objects.all(), empty_label=None)
    period = forms.ModelChoiceField(
        label="Rapportperiod",
        queryset=ReportPeriod.objects.all(),
        to_field_name="code",
        required=False,
        empty_label="Ingen: månadsblad",
        help_text="Ett månadsblad gäller den sista hela månaden före datastoppet.",
    )
    year = forms.IntegerField(label="År", min_value=2000, max_value=2100)
    registry_number = forms.CharField(
        label="Diarienummer", max_length=50, required=False, help_text="Till exempel SN 2024/118."
    )

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        """Offer the committees the person makes reports for."""
        codes = access.committees_with(Permission.MAKE_REPORTS)
        own = Committee.objects.filter(code__in=codes)
        super().__init__(*args, committees=own, required=len(codes) == 1, **kwargs)


class CorrectionForm(MeetingFields):
    """A new version of a report that has been decided on."""

    why = LongText(label="Vad ska rättas, och varför?", required=True)

    def __init__(self, *args: Any, report: BoardReport, **kwargs: Any) -> None:
        """Ask for the meetings where the new version is to be decided on."""
        super().__init__(*args, committees=report.committees.all(), required=True, **kwargs)


class FactsForm(MeetingFields):
    """When a draft is to be decided on, and its registry number."""

    registry_number = forms.CharField(label="Diarienummer", max_length=50, required=False)
    why = forms.CharField(
        label="Skäl till ändringen",
        max_length=500,
        required=False,
        help_text="Behövs när ett sammanträde flyttas till efter lagens sista dag.",
    )
    read_as = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: BoardReport, **kwargs: Any) -> None:
        """Begin with what stands."""
        super().__init__(*args, committees=report.committees.all(), required=True, **kwargs)
        self.initial = {**self.first_values(report), "read_as": report.revision, **self.initial}
        self.order_fields(["registry_number", *self._committees])

    @classmethod
    def first_values(cls, report: BoardReport) -> dict[str, Any]:
        """Return what the form begins with for the report as it stands."""
        days = {meeting.committee: meeting.meeting_on for meeting in report.meetings.select_related("committee")}
        return {"registry_number": report.registry_number, **cls.first_days(days)}


class MeetingForm(forms.Form):
    """A meeting of a committee."""

    committee = forms.ModelChoiceField(label="Nämnd", queryset=Committee.objects.none(), empty_label=None)
    day = DateField(label="Dag")

    def __init__(self, *args: Any, access: Access, **kwargs: Any) -> None:
        """Offer the committees the person makes reports for."""
        super().__init__(*args, **kwargs)
        own = Committee.objects.filter(code__in=access.committees_with(Permission.MAKE_REPORTS)).order_by("name")
        cast("forms.ModelChoiceField[Committee]", self.fields["committee"]).queryset = own


class PeriodForm(forms.Form):
    """A report period."""

    code = forms.CharField(label="Kod", max_length=40, help_text="Ändras inte sedan. Till exempel delar.")
    name = forms.CharField(label="Namn", max_length=150)
    kind = forms.ChoiceField(label="Slag", choices=[(kind.value, kind.label) for kind in PERIOD_KINDS])
    end = forms.CharField(label="Perioden slutar", max_length=5, help_text="Månad och dag, till exempel 08-31.")
    statutory = forms.BooleanField(
        label="Den lagstadgade delårsrapporten",
        required=False,
        help_text="Kommunen har en. Den slutar 06-30, 07-31 eller 08-31 (LKBR 13 kap. 1 §).",
    )


class LeadTimesForm(forms.Form):
    """How many working days before the meeting each stop is."""

    data_stop = forms.IntegerField(label="Datastopp", min_value=0, max_value=MOST_LEAD_DAYS)
    text_stop = forms.IntegerField(label="Textstopp", min_value=0, max_value=MOST_LEAD_DAYS)
    preparation = forms.IntegerField(label="Beredning", min_value=0, max_value=MOST_LEAD_DAYS)
    dispatch = forms.IntegerField(label="Utskick", min_value=0, max_value=MOST_LEAD_DAYS)


class PartForm(forms.Form):
    """The text of a part, written upon a revision."""

    text = LongText(
        label="Text",
        rows=24,
        help_text="Tom rad ger nytt stycke. # gör en rubrik, - en punktlista, **fet** och *kursiv* framhäver. "
        "Siffror hämtas ur rapportens tabeller med hänvisningar, som väljs i listan under texten.",
    )
    read_as = forms.IntegerField(widget=forms.HiddenInput)


class RevisionForm(forms.Form):
    """A step that is taken on what was read."""

    read_as = forms.IntegerField(widget=forms.HiddenInput)


class WriterForm(RevisionForm):
    """Who owes a text."""

    writer = forms.ModelChoiceField(
        label="Skribent", queryset=User.objects.none(), required=False, empty_label="Ingen utsedd"
    )

    def __init__(self, *args: Any, report: BoardReport, **kwargs: Any) -> None:
        """Offer those who may write in the report."""
        super().__init__(*args, **kwargs)
        roles = [role for role, permissions in ROLE_PERMISSIONS.items() if Permission.WRITE_REPORTS in permissions]
        holding = RoleAssignment.objects.in_force(timezone.localdate()).filter(
            committee__in=report.committees.all(), role__in=roles
        )
        people = User.objects.filter(pk__in=holding.values("user"), is_active=True).order_by("username")
        cast("forms.ModelChoiceField[User]", self.fields["writer"]).queryset = people


class MoveForm(RevisionForm):
    """A step on the way, with its reason where one is needed."""

    why = LongText(label="Skäl", rows=3)


class WaiverForm(forms.Form):
    """Why a report goes on without an explanation."""

    reason = forms.CharField(label="Skäl", max_length=LONGEST_REASON, help_text="Skälet trycks i rapporten.")


class ApproveForm(forms.Form):
    """The approval of what was read."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class DecisionForm(forms.Form):
    """A committee's decision."""

    on = DateField(label="Beslutsdag")
    paragraph = forms.CharField(label="Paragraf", max_length=20, help_text="Till exempel 87.")
    why = forms.CharField(
        label="Skäl till ändringen", max_length=500, required=False, help_text="Behövs när beslutet redan är antecknat."
    )


class AdjustmentForm(forms.Form):
    """The adjustment of a committee's minutes."""

    on = DateField(label="Protokollet justerades den")
