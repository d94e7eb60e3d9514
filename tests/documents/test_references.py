"""Figures in running text: they say what the tables say, hide what the tables hide, and are refused when they do not exist."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from committees.models import Committee
from reporting.documents.content import Prose
from reporting.documents.work.edition import edition_with_texts
from reporting.documents.work.markdown import html_of, references_in
from reporting.documents.work.quoting import NOT_THERE, FiguresInDraft, quotables_of
from reporting.documents.work.references import Quotables, Reference, ReferenceFault, reference_faults
from reporting.documents.work.writing import write_text
from reporting.snapshots.freezing import freeze
from tests.documents import work

pytestmark = pytest.mark.of_snapshots

END = dt.date(2023, 12, 31)
CODE = "work_or_study_at_exit"


def _figure(key: dict[str, str | None], of: tuple[int, int] | None) -> dict[str, Any]:
    """Return a figure as a manifest has it; hidden without numbers."""
    numerator, denominator = of or (None, None)
    value = 100 * numerator / denominator if numerator is not None and denominator else None
    told = {"numerator": numerator, "denominator": denominator, "value": value, "low": None, "high": None}
    return {"key": key, "suppressed": of is None, **told}


def _result(year: int, total: tuple[int, int] | None, *groups: dict[str, Any], **more: Any) -> dict[str, Any]:
    period = {"start": f"{year}-01-01", "end": f"{year}-12-31"}
    return {
        "measure": CODE, "variant": "standard", "period": period, "where": {"namnd": ["KUN", "SN"]},
        "by": [], "total": _figure({}, total), "groups": list(groups), **more,
    }  # fmt: skip


@pytest.fixture
def quotables() -> Quotables:
    split = (_figure({"kon": "K"}, None), _figure({"kon": "M"}, (1500, 2000)), _figure({"kon": None}, (1, 8)))
    figures = [_result(2022, (20, 50)), _result(2023, (1501, 2008)), _result(2023, (1501, 2008), *split, by=["kon"])]
    return Quotables.of(figures, end=END, codes=["SN", "KUN"])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (CODE, "74,8\u00a0%"),
        (f"{CODE}; 2022", "40,0\u00a0%"),
        (f" {CODE} ;kon = M; visa=antal", "1\u00a0500 av 2\u00a0000"),
        (f"{CODE}; 2023; kon=saknas", "12,5\u00a0%"),
        (f"{CODE}; kon=K", ".."),
        (f"{CODE}; kon=K; visa=antal", "dolt, antalet är litet"),
    ],
)
def test_a_reference_stands_for_the_figure_as_the_table_has_it(quotables: Quotables, raw: str, expected: str) -> None:
    assert quotables.shown(raw) == expected


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("antal_som_log", f"De som finns är: {CODE}"),
        (f"{CODE}; 2019", "{{mått:" + CODE + "; 2022}}"),
        (f"{CODE}; kon=X", "{{mått:" + CODE + "; kon=K}}"),
        (f"{CODE}; visa=allt", "värde och antal"),
        (f"{CODE}; i fjol", "”i fjol” går inte att läsa"),
    ],
)
def test_an_unknown_reference_is_told_what_exists(quotables: Quotables, raw: str, said: str) -> None:
    with pytest.raises(ReferenceFault) as caught:
        quotables.shown(raw)
    assert said in str(caught.value)


def test_one_of_several_ways_to_count_has_to_be_chosen() -> None:
    figures = [_result(2023, (1, 2)), _result(2023, (1, 4), variant="kolada")]
    both = Quotables.of(figures, end=END, codes=["KUN", "SN"])
    with pytest.raises(ReferenceFault, match="kan vara flera siffror"):
        both.shown(CODE)
    assert [one.reference.variant for one in both] == ["standard", "kolada"]
    assert both.shown(f"{CODE}; variant=kolada") == "25,0\u00a0%"


def test_the_list_gives_each_figure_once_with_a_reference_that_finds_it(quotables: Quotables) -> None:
    listed = list(quotables)
    assert [one.reference.written() for one in listed][:3] == [
        "{{mått:" + CODE + "; 2022}}", "{{mått:" + CODE + "}}", "{{mått:" + CODE + "; kon=K}}",
    ]  # fmt: skip
    assert len(listed) == 5
    for one in listed:
        [raw] = references_in(one.reference.written())
        assert quotables.find(Reference.read(raw)).figure is one.figure


def test_a_reference_is_one_piece_and_other_braces_are_text() -> None:
    text = "**{{mått:a_b_c}}** {{ form }} `{{mått:d}}` \\{{mått:e}} {{mått:\nf}}"
    assert references_in(text) == ["a_b_c"]
    shown = html_of(text, figures=lambda _raw: "<1>")
    assert "<strong>&lt;1&gt;</strong> {{ form }} <code>{{mått:d}}</code> {{mått:e}}" in shown


def test_verifying_names_a_text_that_says_another_figure(quotables: Quotables) -> None:
    manifest: dict[str, Any] = {
        "period": {"end": "2023-12-31"}, "committees": ["KUN", "SN"], "figures": [_result(2023, (1, 4))],
        "references": [{"part": "mal-text", "reference": CODE, "shown": "25,0\u00a0%"}],
    }  # fmt: skip
    assert reference_faults(manifest) == []
    manifest["references"][0]["shown"] = "52,0\u00a0%"
    assert "Texten mal-text" in reference_faults(manifest)[0]
    manifest["references"][0]["reference"] = "borta"
    assert "finns inte i rapporten" in reference_faults(manifest)[0]


@pytest.mark.django_db
def test_a_text_and_the_table_of_its_report_say_the_same(committees: list[Committee]) -> None:
    work.prepare()
    secretary = work.secretary_of("SN", "KUN")
    report = work.interim(secretary, year=2023, meetings={work.committee("KUN"): dt.date(2023, 10, 24)})
    part = work.part(report, "mal-text")
    asked = "Hittills gick {{mått:" + CODE + "}} vidare, {{mått:" + CODE + "; visa=antal}}, och {{ namn }}."
    with pytest.raises(ValidationError, match="inget underlag än"):
        write_text(part, text=asked, read_as=part.revision, by=secretary)
    snapshot = freeze(as_of=dt.date(2023, 9, 30), frozen=False)
    with pytest.raises(ValidationError, match=f"De som finns är: .*{CODE}"):
        write_text(part, text="{{mått:borta}}", read_as=part.revision, by=secretary)
    write_text(part, text=asked, read_as=part.revision, by=secretary)
    edition = edition_with_texts(report, snapshot)
    [table] = [table for table in edition.document.tables if table.name == "delar-indikatorer"]
    # Twelve of the forty who left by August went to lasting work.
    assert "30,0\u00a0%" in {cell.text for row in table.rows for cell in row}
    blocks = [block for chapter in edition.document.chapters for block in chapter.blocks]
    [prose] = [block.html for block in blocks if isinstance(block, Prose)]
    assert prose == "<p>Hittills gick 30,0\u00a0% vidare, 12 av 40, och {{ namn }}.</p>\n"
    assert edition.manifest["references"] == [
        {"part": "mal-text", "reference": CODE, "shown": "30,0\u00a0%"},
        {"part": "mal-text", "reference": f"{CODE}; visa=antal", "shown": "12 av 40"},
    ]
    assert FiguresInDraft(report, by=secretary)(CODE) == "30,0\u00a0%"
    assert FiguresInDraft(report, by=secretary)("borta") == NOT_THERE
    assert quotables_of(report) is quotables_of(report)
