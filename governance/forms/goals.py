"""Forms of goals, indicators, targets and scorecards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from committees.models import Committee, User
from committees.permissions import Access, Permission
from committees.writing_forms import RevisedForm
from governance.enums import Comparator
from governance.forms.measured import MeasureFields
from governance.forms.owning import offer_people, owner_field
from governance.models import Goal, Indicator, Target
from reporting.comparison.models import Kpi, PeerGroup

_FIRST_YEAR, _LAST_YEAR = 1990, 2199


def _year(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=_FIRST_YEAR, max_value=_LAST_YEAR, help_text=help_text
    )


class PlaceForm(forms.Form):
    """Which committee and year a page of goals shows."""

    namnd = forms.ChoiceField(label="Nämnd")
    ar = forms.TypedChoiceField(label="År", coerce=int)

    def __init__(self, *args: Any, committees: Sequence[Committee], years: Sequence[int], **kwargs: Any) -> None:
        """Offer these committees and years."""
        super().__init__(*args, **kwargs)
        self.fields["namnd"].choices = [(one.code, one.name) for one in committees]  # type: ignore[attr-defined]
        self.fields["ar"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class GoalForm(RevisedForm):
    """What stands about a goal. The committee and the code are settled when it is set."""

    committee = forms.ModelChoiceField(label="Nämnd", queryset=Committee.objects.none(), empty_label=None)
    code = forms.CharField(label="Kod", max_length=40, help_text="Så som målet kallas i budgeten, till exempel SN-1.")
    name = forms.CharField(label="Vad vill nämnden uppnå?", max_length=250)
    above = forms.ModelMultipleChoiceField(
        label="Bidrar till",
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ett mål kan bidra till flera av fullmäktiges mål.",
    )
    first_year = _year("Gäller från år", "Tomt om målet gäller tills vidare.")
    last_year = _year("Gäller till och med år")

    def __init__(self, *args: Any, access: Access, above: QuerySet[Goal], goal: Goal | None, **kwargs: Any) -> None:
        """Offer the committees the person steers and the goals that may be served."""
        super().__init__(*args, **kwargs)
        self.fields["above"].queryset = above  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        if goal is None:
            own = Committee.objects.filter(code__in=access.committees_with(Permission.STEER))
            self.fields["committee"].queryset = own  # type: ignore[attr-defined]
            del self.fields["why"]
        else:
            del self.fields["committee"], self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """Refuse a goal that ends before it begins."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", "Målet slutar gälla innan det börjar.")
        return cleaned


class IndicatorForm(MeasureFields, RevisedForm):
    """What an indicator is: a measure, or a name and a unit for what is reported by hand."""

    goals = forms.ModelMultipleChoiceField(
        label="Mål som indikatorn följer", queryset=Goal.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    name = forms.CharField(
        label="Namn", required=False, max_length=250, help_text="Tomt betyder måttets namn. Behövs om mått saknas."
    )
    unit = forms.CharField(
        label="Värdets enhet",
        required=False,
        max_length=40,
        help_text="För det som rapporteras för hand: procent, personer.",
    )

    owner = owner_field(label="Vem ser till att den rapporteras och förklaras?")

    field_order = ("goals", "measure", "variant", "measured_unit", "name", "unit", "owner")

    def __init__(
        self, *args: Any, goals: QuerySet[Goal], access: Access, owner: User | None = None, **kwargs: Any
    ) -> None:
        """Offer the goals the person sees, and the people of the committees that the person steers."""
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = goals  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        offer_people(self, access, Permission.STEER, now=owner)
        self.fields["measure"].help_text = "Utan mått rapporteras värdet för hand och attesteras av en chef."


class TargetForm(RevisedForm):
    """What is to be reached in a year."""

    comparator = forms.ChoiceField(label="Utfallet ska vara", choices=Comparator.choices)
    value = forms.DecimalField(
        label="Värde",
        required=False,
        localize=True,
        max_digits=20,
        decimal_places=10,
        help_text="Tomt om målet följer en grupp.",
    )
    kpi = forms.ChoiceField(label="Nyckeltal i Kolada", required=False)
    group = forms.ChoiceField(label="Jämförelsegrupp", required=False)

    def __init__(self, *args: Any, target: Target | None, **kwargs: Any) -> None:
        """Offer the key figures and groups that have been fetched, and what the target already follows."""
        super().__init__(*args, **kwargs)
        kpis = [(one.pk, str(one)) for one in Kpi.objects.order_by("pk")]
        groups = [(title, title) for title in PeerGroup.objects.order_by("title").values_list("title", flat=True)]
        followed = [target.kpi, target.group] if target else ["", ""]
        for name, offered, now in zip(("kpi", "group"), (kpis, groups), followed, strict=True):
            known = {value for value, _ in offered}
            kept = [(now, now)] if now and now not in known else []
            self.fields[name].choices = [("", "Inget"), *kept, *offered]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["why"].help_text = "Behövs när ett målvärde som är satt ändras."


class ScorecardForm(RevisedForm):
    """What a committee, a department or a unit follows."""

    indicators = forms.ModelMultipleChoiceField(
        label="Indikatorer", queryset=Indicator.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, indicators: QuerySet[Indicator], **kwargs: Any) -> None:
        """Offer the indicators of the committee's goals."""
        super().__init__(*args, **kwargs)
        self.fields["indicators"].queryset = indicators  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        del self.fields["why"]
