"""Secrets come from the environment only, and a missing one stops the start."""

from django.core.exceptions import ImproperlyConfigured

_SHORTEST = 32
_IN_DEVELOPMENT_ONLY = "development-only-development-only-development-only"


def required_key(name: str, value: str, *, debug: bool) -> str:
    """Return the key, or with DEBUG on a key for development.

    Raises ImproperlyConfigured, in Swedish and with the remedy, when DEBUG is off and the key is missing, too short or the
    development key.
    """
    if debug:
        return value or _IN_DEVELOPMENT_ONLY
    if len(value) < _SHORTEST or value == _IN_DEVELOPMENT_ONLY:
        raise ImproperlyConfigured(
            f"{name} saknas eller är för kort. Sätt miljövariabeln {name} till minst {_SHORTEST} slumpmässiga tecken, "
            f'till exempel med: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return value
