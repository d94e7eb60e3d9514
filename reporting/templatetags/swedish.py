"""Template filters for Swedish numbers and dates: `{% load swedish %}`, then `{{ value|percent }}` or `{{ value|number:1 }}`."""

from __future__ import annotations

from django import template

from reporting.figures import swedish

register = template.Library()

register.filter("number", swedish.number)
register.filter("percent", swedish.percent)
register.filter("percentage_points", swedish.percentage_points)
register.filter("kronor", swedish.kronor)
register.filter("tkr", swedish.tkr)
register.filter("mnkr", swedish.mnkr)
register.filter("date_long", swedish.date_long)
register.filter("date_iso", swedish.date_iso)
register.filter("month_long", swedish.month_long)
