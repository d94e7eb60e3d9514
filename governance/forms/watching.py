"""Narrowing the watch list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms

from committees.models import User
from governance.watch import WatchItem

MINE = "jag"
OURS = "gora"
THEIRS = "fa"


class WatchForm(forms.Form):
    """The watch list by committee, kind, owner, direction and words. The choices are what stands on the list."""

    namnd = forms.ChoiceField(label="Nämnd", required=False)
    slag = forms.ChoiceField(label="Slag", required=False)
    ansvarig = forms.ChoiceField(label="Ansvarig", required=False)
    riktning = forms.ChoiceField(
        label="Riktning",
        required=False,
        choices=[("", "Allt"), (OURS, "Nämnden ska göra"), (THEIRS, "Nämnden väntar på")],
    )
    sok = forms.CharField(label="Sök", required=False, widget=forms.SearchInput)

    def __init__(self, *args: Any, items: Iterable[WatchItem], reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._items, self._reader = list(items), reader
        owners = {item.owner.username for item in self._items if item.owner}
        self._choose("namnd", sorted({(item.committee.code, str(item.committee)) for item in self._items}))
        self._choose("slag", [(kind, kind.capitalize()) for kind in sorted({item.kind for item in self._items})])
        self._choose("ansvarig", [(MINE, "Jag"), *((f"person:{name}", name) for name in sorted(owners))])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Alla"), *choices]

    def chosen(self) -> Iterator[WatchItem]:
        """Yield the items that the address asks for; what it asks wrongly does not narrow, and the form says so."""
        self.full_clean()
        asked = self.cleaned_data if self.is_bound else {}
        return (item for item in self._items if self._fits(item, asked))

    def _fits(self, item: WatchItem, asked: dict[str, str]) -> bool:
        owner, direction = asked.get("ansvarig"), asked.get("riktning")
        return (
            asked.get("namnd") in {None, "", item.committee.code}
            and asked.get("slag") in {None, "", item.kind}
            and (not owner or self._owned(item, owner))
            and (not direction or item.ours == (direction == OURS))
            and asked.get("sok", "").lower() in item.title.lower()
        )

    def _owned(self, item: WatchItem, owner: str) -> bool:
        if owner == MINE:
            return item.owner == self._reader
        return item.owner is not None and owner == f"person:{item.owner.username}"
