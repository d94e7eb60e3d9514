"""Pages where something is written: what was refused is said, and nobody's text is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from committees.revising import Overtaken
from committees.workflows import MoveFault


@dataclass(frozen=True)
class Writing:
    """A page where something is written: what it is called, what its button says and where it leads back to.

    `before` is what stands above the form, label by text. `first_values` gives what the form begins with for a row, where
    the form's fields are not the row's own: what another saved is told by them.
    """

    title: str
    button: str
    back: str
    back_label: str
    lead: str = ""
    before: tuple[tuple[str, str], ...] = ()
    multipart: bool = False
    template: str = "parts/write.html"
    context: Mapping[str, Any] = field(default_factory=dict)
    first_values: Callable[[Any], Mapping[str, Any]] | None = None


def write(
    request: HttpRequest, form: forms.Form, writing: Writing, save: Callable[[dict[str, Any]], str | None]
) -> HttpResponse:
    """Show the form, or store what was posted with `save`, which returns what to say, and lead back.

    What `save` refuses is said by the form. When somebody else saved first the page shows both texts (status 409), and the form
    is from then on written upon the other's text.
    """
    theirs: list[tuple[str, str]] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            said = save(dict(form.cleaned_data))
        except Overtaken as fault:
            theirs, status = _theirs(form, fault, writing.first_values), 409
            form.add_error(None, str(fault))
        except (MoveFault, ValidationError) as fault:
            _refuse(form, fault)
        else:
            if said:
                messages.success(request, said)
            return redirect(writing.back)
    context = {**writing.context, "form": form, "writing": writing, "theirs": theirs}
    return render(request, writing.template, context, status=status)


def refused(request: HttpRequest, act: Callable[[], str], back: str) -> HttpResponse:
    """Do something that a button asks for, say what became of it, and lead back."""
    try:
        messages.success(request, act())
    except (MoveFault, Overtaken) as fault:
        messages.error(request, str(fault))
    except ValidationError as fault:
        messages.error(request, " ".join(fault.messages))
    return redirect(back)


def _refuse(form: forms.Form, fault: MoveFault | ValidationError) -> None:
    if isinstance(fault, MoveFault):
        for text in fault.faults:
            form.add_error(None, text)
    elif hasattr(fault, "error_dict"):
        for name, texts in fault.message_dict.items():
            for text in texts:
                form.add_error(name if name in form.fields else None, text)
    else:
        for text in fault.messages:
            form.add_error(None, text)


def write_upon(form: forms.Form, revision: int) -> None:
    """Let what is posted next be written upon the other's text."""
    data = cast("QueryDict", form.data).copy()
    data[form.add_prefix("read_as")] = str(revision)
    form.data = data


def _theirs(
    form: forms.Form, fault: Overtaken, first_values: Callable[[Any], Mapping[str, Any]] | None
) -> list[tuple[str, str]]:
    """Return what the other wrote, field by field, where it differs; what is posted next is written upon it."""
    write_upon(form, fault.current.revision)
    row = fault.current
    first = first_values(row) if first_values else {}
    found = []
    for bound in form.visible_fields():
        if bound.name in first:
            value, said = first[bound.name], _plain(first[bound.name])
        elif hasattr(row, bound.name):
            value, said = getattr(row, bound.name), _in_words(row, bound.name)
        else:
            continue
        if bound.field.has_changed(_comparable(value), _comparable(bound.data)):
            found.append((str(bound.label), said))
    return found


def _comparable(value: Any) -> Any:
    """Return a value as a field compares it with what was posted: lines end alike in texts."""
    if isinstance(value, models.Manager):
        return list(value.all())
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _in_words(row: models.Model, name: str) -> str:
    """Return a field as a reader sees it: a choice by its Swedish word."""
    display = getattr(row, f"get_{name}_display", None)
    return str(display()) if display is not None else _plain(getattr(row, name))


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, models.Manager | models.QuerySet):
        return ", ".join(sorted(map(str, value.all())))
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value).replace("\r\n", "\n").strip()
