"""The report beside other municipalities: every key figure that has been fetched, with a place that is no verdict."""

import json

import pytest

from committees.models import Committee
from reporting.comparison.loading import load_kolada_json
from reporting.comparison.models import KoladaMunicipality, KoladaValue, Kpi
from reporting.documents.content import Text
from reporting.enums import KoladaGender
from reporting.snapshots.models import Snapshot
from tests.comparison.test_kolada import LATER, METADATA, VALUES
from tests.documents.editions import annual_edition
from tests.documents.test_content import row, table

pytestmark = [pytest.mark.django_db, pytest.mark.of_snapshots]

OWN = "9999"


@pytest.fixture
def _fetched() -> None:
    kpi = {"id": "N31825", "title": "Kostnad ekonomiskt bistånd", "description": "", "is_divided_by_gender": False}
    load_kolada_json(
        [*METADATA, VALUES, json.dumps({"values": [kpi], "next_url": None}).encode()], group="G1", fetched_at=LATER
    )
    KoladaMunicipality.objects.create(pk=OWN, title="Exempelstad", type="K")
    values = {(OWN, 2022): 900.0, (OWN, 2023): 1000.0, ("1494", 2023): 1500.0, ("2417", 2023): 500.0}
    KoladaValue.objects.bulk_create(
        KoladaValue(
            kpi=Kpi.objects.get(pk="N31825"),
            municipality_id=code,
            year=year,
            gender=KoladaGender.TOTAL,
            value=value,
            fetched_at=LATER,
        )
        for (code, year), value in values.items()
    )


@pytest.mark.usefixtures("_fetched")
def test_each_fetched_key_figure_has_its_table_and_a_sentence_without_a_verdict(
    committees: list[Committee], provisional: Snapshot
) -> None:
    edition = annual_edition(committees, provisional)
    found = table(edition, "jamforelse-n31825")
    assert row(found, "Lidköping") == ["-", "-", "-", "-", "1\u00a0500,0"]
    assert row(found, "Boxholm") == ["-"] * 5
    assert row(found, "Liknande kommuner, medel av 3")[-1] == "1\u00a0000,0 (2)"
    [chapter] = [one for one in edition.document.chapters if one.anchor == "jamforelse"]
    said = " ".join(block.text for block in chapter.blocks if isinstance(block, Text))
    assert "År 2023 hade kommunen 1\u00a0000,0; medelvärdet i liknande kommuner var 1\u00a0000,0." in said
    assert "plats 2 av 3, räknat från det högsta värdet" in said
    # That of the results at exit stands beside the own figures already.
    assert "jamforelse-u40455" not in {each.name for each in edition.document.tables}


def test_without_anything_fetched_there_is_no_such_chapter(committees: list[Committee], provisional: Snapshot) -> None:
    edition = annual_edition(committees, provisional)
    assert "jamforelse" not in {chapter.anchor for chapter in edition.document.chapters}
