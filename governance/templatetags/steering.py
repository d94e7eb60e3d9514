"""Words that the pages of steering need."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django import template

from governance.models import Target
from governance.wording import decimal_in_words, target_in_words, value_with_unit
from reporting.figures.model import Period

register = template.Library()

register.filter("decimal_words", decimal_in_words)


@register.simple_tag
def target_words(target: Target, unit: str) -> str:
    """Return a target as it was set: "minst 35 procent"."""
    return target_in_words(target, unit)


@register.simple_tag
def value_words(value: Decimal, unit: str) -> str:
    """Return a value reported by hand: "82 procent"."""
    return value_with_unit(value, unit)


@register.simple_tag
def days_in_words(start: dt.date, end: dt.date) -> str:
    """Return a period: "2024", "januari–augusti 2024"."""
    return Period(start, end).label()
