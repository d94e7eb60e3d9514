"""The document beside the PDF: what is published later is what the PDF was made from, or nothing."""

from __future__ import annotations

import dataclasses

import pytest

from reporting.documents import storage
from reporting.documents.annual.manifest import tables_of
from reporting.documents.content import (
    Box,
    Boxes,
    Cell,
    Chapter,
    Chart,
    Column,
    Cover,
    Definition,
    Document,
    Heading,
    Headline,
    Headlines,
    Prose,
    Table,
    Text,
)
from reporting.documents.models import Report
from reporting.documents.publication.keeping import (
    DocumentLost,
    document_bytes,
    document_of,
    keep_document,
    read_document,
)
from reporting.documents.work.markdown import html_of

TABLE = Table(
    1,
    "resultat",
    "Avslut, antal",
    (Column("Insats", 60, numeric=False), Column("Antal", 40)),
    ((Cell("Språkpraktik"), Cell("..")), (Cell("=1+1"), Cell("12", strong=True))),
)
BLOCKS = (
    Text("Inledning", "lead"),
    Prose(html_of("Ett *stycke* med <script>.")),
    Heading("Rubrik", "rubrik"),
    Chart(1, "Avslut", "<svg><title>Avslut</title></svg>"),
    TABLE,
    Headlines((Headline("36,2", "%", "till arbete", "av 130", "", "", "met"),)),
    Boxes((Box("Att veta", ("Ett",), ("Två",)),)),
    Definition("Mått", "matt", (("Enhet", "procent"),), (("", "Text"),)),
)
DOCUMENT = Document(
    Cover("Titel", "Ämne", "Nämnden", "Kommunen", "", "1", "", "", ""), (Chapter("ett", "Ett", BLOCKS, runs_on=True),)
)


def test_every_kind_of_block_comes_back_as_it_was() -> None:
    assert read_document(document_bytes(DOCUMENT)) == DOCUMENT
    assert document_bytes(DOCUMENT) == document_bytes(read_document(document_bytes(DOCUMENT)))


def test_only_what_was_safe_html_is_html_again() -> None:
    prose, text = (read_document(document_bytes(DOCUMENT)).chapters[0].blocks[at] for at in (1, 0))
    assert hasattr(prose.html, "__html__")  # type: ignore[union-attr]  # the second block is prose
    assert not hasattr(text.text, "__html__")  # type: ignore[union-attr]  # the first is a text


def test_a_document_that_is_not_the_pdfs_own_is_not_shown() -> None:
    report = Report(kind="helarsrapport", year=2023, sha256="ab" * 32, manifest={"tables": tables_of(DOCUMENT)})
    with pytest.raises(DocumentLost, match="Gör om"):
        document_of(report)
    keep_document(report.sha256, DOCUMENT)
    assert document_of(report) == DOCUMENT
    other = dataclasses.replace(TABLE, rows=((Cell("Språkpraktik"), Cell("3")),))
    keep_document(report.sha256, dataclasses.replace(DOCUMENT, chapters=(Chapter("ett", "Ett", (other,)),)))
    with pytest.raises(DocumentLost, match="inte det som"):
        document_of(report)
    storage.document_path_of(report.sha256).write_bytes(b"something else")
    with pytest.raises(DocumentLost, match="Gör om"):
        document_of(report)
