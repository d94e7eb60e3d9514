"""Storing profiles: a text that can be read becomes a new version, and every version stays."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from cases.models import MappingProfile
from cases.profiles.reading import read_profile
from committees.models import User

DELIVERED = Path(__file__).parent.parent / "profiles" / "delivered"
"""The profiles that come with the application, one file each, named as the profile."""


class UnknownProfile(Exception):
    """There is no profile of that name; Swedish."""


@transaction.atomic
def store_profile(*, text: str, by: User | None) -> MappingProfile:
    """Store the text as the next version of its profile and return it; the very text that is the latest is returned.

    `by` is None when the installation itself or a command stores it. Raises TextFault with everything that is wrong.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").strip() + "\n"
    profile = read_profile(text)
    latest = MappingProfile.objects.latest_versions().filter(name=profile.name).first()
    if latest is not None and latest.text == text:
        return latest
    version = latest.version + 1 if latest else 1
    return MappingProfile.objects.create(name=profile.name, version=version, system=profile.system, text=text, by=by)


def profile_named(name: str) -> MappingProfile:
    """Return the latest version of the profile; one that comes with the application is stored when it is first asked for.

    Raises UnknownProfile.
    """
    stored = MappingProfile.objects.latest_versions().filter(name=name).first()
    if stored is not None:
        return stored
    if name in delivered_names():
        return store_profile(text=(DELIVERED / f"{name}.toml").read_text(encoding="utf-8"), by=None)
    raise UnknownProfile(
        f"Det finns ingen profil med namnet {name}. De som finns är: {', '.join(profile_names())}. "
        "Filer med de vanliga rubrikerna behöver ingen."
    )


def profile_names() -> list[str]:
    """Return the names that `profile_named` knows."""
    stored = MappingProfile.objects.order_by().values_list("name", flat=True).distinct()
    return sorted({*stored, *delivered_names()})


def delivered_names() -> set[str]:
    """Return the names of the profiles that come with the application."""
    return {path.stem for path in DELIVERED.glob("*.toml")}
