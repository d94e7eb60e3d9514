"""How committees stand in addresses."""

from __future__ import annotations


class CommitteesConverter:
    """One committee's code, or several joined with a plus sign: `SN`, `SN+UN`. Always sorted and each once."""

    regex = r"[\wÅÄÖåäö-]+(?:\+[\wÅÄÖåäö-]+)*"

    def to_python(self, value: str) -> tuple[str, ...]:
        """Return the codes, sorted."""
        return tuple(sorted(set(value.split("+"))))

    def to_url(self, value: tuple[str, ...] | str) -> str:
        """Return the codes as they stand in an address."""
        return value if isinstance(value, str) else "+".join(sorted(set(value)))
