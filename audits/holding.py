"""What samples hold of a person, for the register extract (GDPR art. 15)."""

from __future__ import annotations

from audits.models import SampleItem
from cases.extracts.model import Section, Sought


def samples_of_person(sought: Sought) -> list[Section]:
    """Return the samples in which a case of the person was drawn, with what the auditors wrote of it."""
    items = SampleItem.objects.select_related("sample__audit").order_by("sample_id", "position")
    return [
        Section(
            title="Stickprov i granskningar",
            what="Ärenden som revisorer har dragit för att granska, med deras anteckningar.",
            headings=("Granskning", "Stickprov", "Ärende", "Kommentar"),
            rows=tuple(
                (str(item.sample.audit), item.sample.title, item.case_number, item.comment)
                for item in items.iterator(chunk_size=500)
                if sought.is_named_by(item.key)
            ),
        )
    ]
