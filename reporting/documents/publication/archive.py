"""The archive package: all that a published report is, in one ZIP that explains itself and can be checked without Utfall."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from committees.models import Change
from committees.workflows import MoveFault
from reporting.documents import storage
from reporting.documents.models import Publication, Report
from reporting.documents.publication.data import as_json, data_files, packed
from reporting.documents.publication.keeping import DocumentLost, document_of
from reporting.documents.publication.papers import made_with
from reporting.documents.publication.publishing import facts_of
from reporting.measures.catalogue import UnknownMeasure, measure

SUMS = "SHA256SUMS"
_ABOUT = """{title}, version {version}
{municipality}

rapport.pdf        rapporten som den beslutades (PDF/A-3a)
manifest.json      vilket underlag, vilka mått och vilka siffror rapporten har
data/              varje tabell som CSV, ett datalexikon, definitioner och allt som JSON
definitioner/      måttens texter och den SQL de räknades med
texter/            texterna som de skrevs (Markdown)
logg.json          vem som har gjort vad med rapporten: godkännanden, beslut och steg
handlingar/        tjänsteskrivelsen och kortversionen, där de finns (PDF)
SHA256SUMS         kontrollsumma för varje fil; sha256sum -c SHA256SUMS kontrollerar dem
"""


def archive_report(publication: Publication) -> Publication:
    """Make the package of a published report, keep it and return the publication with its hash.

    Raises MoveFault, in Swedish, when something that belongs in it is gone.
    """
    publication.archive_sha256 = storage.store_archive(archive_package(publication))
    publication.save(update_fields=["archive_sha256"])
    return publication


def archive_package(publication: Publication) -> bytes:
    """Return the package: the same report gives the same bytes. Raises MoveFault when something that belongs in it is gone."""
    edition = publication.edition
    try:
        document = document_of(edition)
        pdf = storage.whole(edition.sha256)
        papers = _papers(publication)
    except (DocumentLost, storage.FileLost) as lost:
        raise MoveFault(f"Arkivpaketet kan inte göras. {lost}") from lost
    data = {**facts_of(publication), **as_json(document)}
    files = {
        "LASMIG.txt": _about(publication).encode(),
        "rapport.pdf": pdf,
        "manifest.json": _json(edition.manifest),
        "logg.json": _json(_log(publication)),
        "data/rapport.json": _json(data),
        **{f"data/{name}": content for name, content in data_files(document).items()},
        **_definitions(edition),
        **{f"texter/{part.code}.md": f"{part.text}\n".encode() for part in publication.report.parts.exclude(text="")},
        **papers,
    }
    return packed({**files, SUMS: _sums(files)})


def _papers(publication: Publication) -> dict[str, bytes]:
    """Return the memo and the brief that were made with the report."""
    made = made_with(publication.report)
    return {f"handlingar/{kind}.pdf": storage.whole(paper.sha256) for kind, paper in made.items()}


def _definitions(edition: Report) -> dict[str, bytes]:
    """Return the text and the SQL of each measure. One that is no longer there stands in the PDF and the data all the same."""
    found: dict[str, bytes] = {}
    for told in edition.manifest.get("measures", []):
        try:
            definition = measure(told["code"])
        except UnknownMeasure:
            continue
        name = f"definitioner/{definition.code}-version-{definition.version}"
        found[f"{name}.md"] = f"# {definition.name}\n\n{definition.text.strip()}\n".encode()
        found[f"{name}.sql"] = definition.sql.encode()
    return found


def _log(publication: Publication) -> dict[str, object]:
    report = publication.report
    meetings = report.meetings.select_related("committee", "approved_by").order_by("committee__code")
    return {
        "content_sha256": report.content_sha256,
        "committees": [
            {
                "committee": meeting.committee.name,
                "approved_by": str(meeting.approved_by) if meeting.approved_by else None,
                "approved_at": meeting.approved_at.isoformat() if meeting.approved_at else None,
                "approved_sha256": meeting.approved_sha256,
                "decided_on": str(meeting.decided_on),
                "paragraph": meeting.paragraph,
                "adjusted_on": str(meeting.adjusted_on),
            }
            for meeting in meetings
        ],
        "steps": [
            {
                "at": change.at.isoformat(),
                "by": str(change.by) if change.by else None,
                "what": change.field_in_words,
                "before": change.before,
                "after": change.after,
                "why": change.why,
            }
            for change in Change.objects.of(report).select_related("by").order_by("at", "pk")
        ],
    }


def _about(publication: Publication) -> str:
    return _ABOUT.format(
        title=publication.report.title,
        version=publication.version,
        municipality=publication.edition.manifest.get("municipality", ""),
    )


def _json(value: object) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _sums(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()
