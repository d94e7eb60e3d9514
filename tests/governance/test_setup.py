"""Goals, indicators and targets come from kommun.toml, checked against the measures and the organisation."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from committees.models import Committee
from committees.municipality_file import MunicipalityFileFault, set_up
from governance.models import Goal, Indicator, Target
from governance.selectors.goals import indicators_for
from tests.factories import SMALL_MUNICIPALITY

pytestmark = pytest.mark.django_db

STEERING = """
[[mal]]
kod = "SN-1"
namn = "Fler ska försörja sig själva"
namnd = "SN"
over = ["KUN-1"]
[[mal]]
kod = "KUN-1"
namn = "Fler ska nå arbete"
namnd = "KUN"
[[indikator]]
kod = "ej-ateraktualiserade"
mal = ["SN-1"]
matt = "not_returned_within_year"
variant = "full_year"
urval = { enhet = "SF" }
[[indikator]]
kod = "nojdhet"
mal = ["SN-1", "KUN-1"]
namn = "Nöjda deltagare"
manuell = true
mattenhet = "procent"
[[malvarde]]
indikator = "ej-ateraktualiserade"
ar = 2024
jamforelse = ">="
varde = 75.5
[[malvarde]]
indikator = "ej-ateraktualiserade"
ar = 2025
jamforelse = ">="
jamfor_med = { kpi = "U31462", grupp = "Liknande kommuner" }
"""


def _set_up(tmp_path: Path, text: str) -> bool:
    path = tmp_path / "kommun.toml"
    path.write_text(SMALL_MUNICIPALITY + text, encoding="utf-8")
    return set_up(path).nothing_changed


def test_goals_indicators_and_targets_are_stored_and_stay_when_stored_again(tmp_path: Path) -> None:
    assert not _set_up(tmp_path, STEERING)
    assert [goal.code for goal in Goal.objects.get(code="SN-1").above.all()] == ["KUN-1"]
    measured = Indicator.objects.measured().get()
    assert (measured.measure, measured.variant, measured.selection) == (
        "not_returned_within_year",
        "full_year",
        {"enhet": ["SF"]},
    )
    assert Indicator.objects.manual().get().unit == "procent"
    fixed, relative = Target.objects.order_by("year")
    assert (fixed.value, fixed.is_relative) == (Decimal("75.5"), False)
    assert (relative.kpi, relative.group, relative.is_relative) == ("U31462", "Liknande kommuner", True)
    assert _set_up(tmp_path, STEERING)


def test_a_goal_above_may_be_missing_and_is_tied_when_it_comes(tmp_path: Path) -> None:
    early = STEERING.replace('over = ["KUN-1"]', 'over = ["KF-2"]', 1)
    _set_up(tmp_path, early)
    assert not Goal.objects.get(code="SN-1").above.exists()
    _set_up(tmp_path, early + '[[mal]]\nkod = "KF-2"\nnamn = "Fler i arbete"\nnamnd = "KUN"\n')
    assert [goal.code for goal in Goal.objects.get(code="SN-1").above.all()] == ["KF-2"]


def test_a_committee_sees_its_own_indicators_once_with_the_targets_of_the_year(tmp_path: Path) -> None:
    _set_up(tmp_path, STEERING)
    sn, kun = Committee.objects.get(code="SN"), Committee.objects.get(code="KUN")
    of_sn = indicators_for([sn], 2024)
    assert [(each.code, [target.year for target in each.targets.all()]) for each in of_sn] == [
        ("ej-ateraktualiserade", [2024]),
        ("nojdhet", []),
    ]
    assert [[goal.code for goal in each.goals.all()] for each in of_sn] == [["SN-1"], ["SN-1"]]
    assert [each.code for each in indicators_for([kun], 2024)] == ["nojdhet"]
    assert [each.code for each in indicators_for([sn, kun], 2024)] == ["ej-ateraktualiserade", "nojdhet"]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('over = ["KUN-1"]', 'over = ["SN-1"]', "kan inte bidra till sig självt"),
        ('matt = "not_returned_within_year"', 'matt = "returned"', "not_returned_within_year"),
        ('variant = "full_year"', 'variant = "helar"', "full_year"),
        ('urval = { enhet = "SF" }', 'urval = { skostorlek = "42" }', "väljas ut efter"),
        ('urval = { enhet = "SF" }', "urval = { enhet = 4 }", "en text eller en lista av texter"),
        ('matt = "not_returned_within_year"', "", "ange ett mått, eller manuell = true"),
        ("manuell = true", 'manuell = true\nmatt = "sfi_dropout"', "rapporteras för hand"),
        ('mattenhet = "procent"', "", "mattenhet"),
        ('mal = ["SN-1"]', 'mal = ["SN-9"]', "mal: ”SN-9”"),
        ('jamforelse = ">="\nvarde', 'jamforelse = "=>"\nvarde', "något av >=, >, <=, <"),
        ("varde = 75.5", "", "antingen varde eller jamfor_med"),
        ('kpi = "U31462", ', "", "jamfor_med"),
        ("ar = 2025", "ar = 2024", "finns redan"),
        ('indikator = "ej-ateraktualiserade"\nar = 2025', 'indikator = "x"\nar = 2025', "indikator: ”x”"),
    ],
)
def test_what_does_not_hold_together_is_refused(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(MunicipalityFileFault) as caught:
        _set_up(tmp_path, STEERING.replace(was, becomes, 1))
    assert says in str(caught.value)
    assert not Goal.objects.exists()


def test_the_database_keeps_measured_and_manual_indicators_apart() -> None:
    for faulty in ({"measure": ""}, {"measure": "x", "manual": True, "name": "y"}, {"manual": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Indicator.objects.create(code="faulty", **faulty)
