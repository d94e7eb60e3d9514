"""The closed lists of steering."""

from django.db import models


class Comparator(models.TextChoices):
    """How an outcome is held against its target; `< 166` is not met at 166 (measures.md section 7)."""

    AT_LEAST = ">=", "minst"
    MORE_THAN = ">", "mer än"
    AT_MOST = "<=", "högst"
    LESS_THAN = "<", "mindre än"
