"""The page of checks says what the checks are."""

from pathlib import Path

from cases.deliveries.checks.document import checks_document


def test_the_page_of_checks_is_up_to_date(project_root: Path) -> None:
    page = (project_root / "docs" / "checks.md").read_text(encoding="utf-8")
    assert page == checks_document(), "run: python manage.py delivery_checks > docs/checks.md"
