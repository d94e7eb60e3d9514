"""What became of a delivery, as commands and pages tell it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from cases.deliveries.findings import Finding


@dataclass
class FileResult:
    """What became of one file's rows. `accounts`: of a SIE file what was read and what was left out, in kronor; else empty."""

    kind: str
    file: str
    sha256: str = ""
    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    ignored_columns: tuple[str, ...] = ()
    accounts: dict[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return it as `import_files --format json` gives it; `accounts` only for a SIE file."""
        return {name: value for name, value in asdict(self).items() if name != "accounts" or value}


@dataclass
class DeliveryResult:
    """What became of a delivery. `status`: taken, unchanged, checked (a dry run) or refused."""

    status: str
    files: list[FileResult]
    delivery: int | None = None
    errors: list[Finding] = field(default_factory=list)
    error_count: int = 0
    warnings: list[Finding] = field(default_factory=list)
    warning_count: int = 0

    def as_json(self) -> dict[str, object]:
        """Return it as `import_files --format json` gives it."""
        return {
            "delivery": self.delivery,
            "status": self.status,
            "files": [file.as_json() for file in self.files],
            "errors": [finding.as_json() for finding in self.errors],
            "error_count": self.error_count,
            "warnings": [finding.as_json() for finding in self.warnings],
            "warning_count": self.warning_count,
        }
