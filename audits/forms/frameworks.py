"""Editing a framework's text."""

from __future__ import annotations

from django import forms


class FrameworkForm(forms.Form):
    """The framework as TOML, and what was changed."""

    read_as = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Ramverket som TOML",
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "code"}),
        strip=False,
    )
    note = forms.CharField(label="Vad som ändrats", max_length=300, required=False)
