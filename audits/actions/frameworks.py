"""Storing frameworks: who may write them, what an edit must keep, and those that come with the application."""

from __future__ import annotations

from pathlib import Path

from audits.frameworks.model import FrameworkContent
from audits.frameworks.reading import read
from audits.models import Framework, FrameworkVersion
from committees.permissions import Permission
from committees.versioned_texts import Shelf

DELIVERED = Path(__file__).parent.parent / "frameworks" / "delivered"
"""The frameworks that come with the application, one file each."""


def _kept(framework: Framework, content: FrameworkContent) -> str:
    if framework.code == content.code:
        return ""
    return f"Koden ska vara ”{framework.code}”. Ett ramverk behåller sin kod; ett nytt läggs upp för sig."


FRAMEWORKS = Shelf(
    documents=Framework,
    versions=FrameworkVersion,
    link="framework",
    named="ramverket",
    permission=Permission.CARRY_OUT_AUDITS,
    read=read,
    fields=lambda content: {"title": content.title, "origin": content.origin},
    kept=_kept,
    delivered=DELIVERED,
)

store_framework = FRAMEWORKS.store
deliver_frameworks = FRAMEWORKS.deliver
