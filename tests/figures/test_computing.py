"""What a figure says: counts, intervals, splits, selections, defaults, and what it refuses."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from reporting.figures.cases import PROTECTED, case_columns, case_rows
from reporting.figures.computing import compute, compute_many, series
from reporting.figures.dimensions import dimensions_of, label_of
from reporting.figures.model import Figure, Period, RequestFault, Result
from reporting.figures.requests import last_full_year, request
from reporting.measures.catalogue import measure
from reporting.snapshots.engine import Engine
from tests.figures.town import AS_OF, SIZE, is_protected, town, town_rows
from tests.measures.tiny import organisation, tiny_engine, tiny_engine_of

D = dt.date.fromisoformat


@pytest.fixture(scope="module")
def engine() -> Engine:
    return town()


@pytest.fixture(scope="module")
def two_towns() -> Engine:
    """Two municipalities whose persons, enrolments and units have the same keys."""
    rows = town_rows()
    other = {**rows, "municipality": [{**rows["municipality"][0], "code": "8888"}]}
    return tiny_engine_of({"9999": rows, "8888": other}, AS_OF)


def _exits(*enrolments: dict[str, object], as_of: str = "2024-01-31", **tables: list[dict[str, object]]) -> Engine:
    """An engine over exits at AME; a person nobody describes is a woman born 1990-06-15."""
    people = {str(row["person"]): row for row in tables.pop("person", [])}
    for row in enrolments:
        people.setdefault(str(row["person"]), {"person": row["person"], "birth_date": D("1990-06-15"), "sex": "K"})
    rows = [{"unit": "AME", "start": D("2023-01-01"), "exit_reason": "franvaro", **row} for row in enrolments]
    return tiny_engine({**organisation(), "person": list(people.values()), "enrolment": rows, **tables}, D(as_of))


def _exit(key: str, ended: str, **more: object) -> dict[str, object]:
    return {"enrolment": key, "person": f"p{key}", "ended": D(ended), **more}


def _counts(result: Result, dimension: str) -> dict[str | None, float | None]:
    return {figure.key[dimension]: figure.denominator for figure in result.groups}


def test_a_share_has_numerator_denominator_and_the_wilson_interval() -> None:
    jobs = [_exit(f"a{number}", "2023-05-01", exit_reason="arbete_osubventionerat") for number in range(14)]
    others = [_exit(f"b{number}", "2023-05-01") for number in range(36)]
    total = compute(_exits(*jobs, *others), request("work_or_study_at_exit", year=2023)).total
    assert (total.numerator, total.denominator, total.value, total.persons) == (14, 50, 28.0, 50)
    assert total.low == pytest.approx(17.47, abs=0.005)
    assert total.high == pytest.approx(41.67, abs=0.005)
    assert total.flags == {"duration_unknown": 14}


def test_an_empty_population_is_no_value_never_zero() -> None:
    result = compute(_exits(_exit("a", "2023-05-01")), request("work_or_study_at_exit", year=2021))
    assert (result.total.numerator, result.total.denominator) == (0, 0)
    assert (result.total.value, result.total.low, result.total.high) == (None, None, None)
    assert result.is_empty
    split = compute(_exits(_exit("a", "2023-05-01")), request("work_or_study_at_exit", year=2021, by=["kon"]))
    assert (split.groups, split.total.denominator) == ((), 0)


def test_a_figure_belongs_to_the_committee_responsible_on_its_date() -> None:
    responsibility: list[dict[str, object]] = [
        {"unit": "AME", "committee": "KUN", "start": D("2019-01-01"), "ended": D("2023-06-30")},
        {"unit": "AME", "committee": "SN", "start": D("2023-07-01")},
    ]
    engine = _exits(
        _exit("a", "2023-06-30"), _exit("b", "2023-07-01"), _exit("c", "2023-12-31"), responsibility=responsibility
    )
    assert _counts(compute(engine, request("exit_results", year=2023, by=["namnd"])), "namnd") == {"KUN": 1, "SN": 2}
    alone = compute(engine, request("exit_results", year=2023, where={"namnd": "SN"}))
    assert alone.total.denominator == 2


@pytest.mark.parametrize(
    ("birth_date", "ended", "group"),
    [
        ("1998-05-02", "2023-05-01", "–24"),
        ("1998-05-01", "2023-05-01", "25–34"),
        ("1988-05-01", "2023-05-01", "35–44"),
        ("1968-05-02", "2023-05-01", "45–54"),
        ("1968-05-01", "2023-05-01", "55–"),
        ("1988-02-29", "2023-02-28", "35–44"),
    ],
)
def test_age_is_in_full_years_on_the_attribution_date(birth_date: str, ended: str, group: str) -> None:
    engine = _exits(_exit("a", ended), person=[{"person": "pa", "birth_date": D(birth_date), "sex": "M"}])
    assert _counts(compute(engine, request("exit_results", year=2023, by=["alder"])), "alder") == {group: 1}


@pytest.mark.parametrize(
    ("received", "group"),
    [
        ("2021-05-01", "ja"),
        ("2021-04-30", "nej"),
        ("2023-05-01", "ja"),
        ("2023-05-02", "nej"),
        (None, "okänd"),
    ],
)
def test_newly_arrived_is_within_24_months_of_being_received(received: str | None, group: str) -> None:
    person = {"person": "pa", "birth_date": D("1990-01-01"), "sex": "K", "received": received and D(received)}
    engine = _exits(_exit("a", "2023-05-01"), person=[person])
    assert _counts(compute(engine, request("exit_results", year=2023, by=["nyanland"])), "nyanland") == {group: 1}


def test_an_enrolment_with_several_activities_stands_under_each_and_once_in_the_total() -> None:
    activity: list[dict[str, object]] = [
        {"enrolment": "a", "activity_type": name, "start": D(day)}
        for name, day in (("praktik", "2023-01-02"), ("praktik", "2023-02-02"), ("kurs", "2023-01-02"))
    ]
    catalogue: list[dict[str, object]] = [
        {"code": "praktik", "name": "Praktik", "unit": "AME", "provider": "egen"},
        {"code": "kurs", "name": "Kurs", "unit": "AME", "provider": "egen"},
    ]
    engine = _exits(_exit("a", "2023-05-01"), _exit("b", "2023-05-01"), activity=activity, activity_type=catalogue)
    result = compute(engine, request("work_or_study_at_exit", year=2023, by=["insats"]))
    assert _counts(result, "insats") == {"kurs": 1, "praktik": 1, None: 1}
    assert result.total.denominator == 2
    assert not any(figure.adds_up for figure in result.groups)
    by_provider = compute(engine, request("work_or_study_at_exit", year=2023, by=["utforare"]))
    assert _counts(by_provider, "utforare") == {"egen": 1, None: 1}
    narrowed = compute(engine, request("work_or_study_at_exit", year=2023, by=["insats"], where={"insats": "kurs"}))
    assert _counts(narrowed, "insats") == {"kurs": 1}


def test_a_pair_of_dimensions_may_be_asked_for_in_either_order_at_once(engine: Engine) -> None:
    one, other = compute_many(
        engine, [request("exit_results", year=2023, by=by) for by in (["kon", "alder"], ["alder", "kon"])]
    )
    assert [list(figure.key) for figure in (one.groups[0], other.groups[0])] == [
        ["kon", "alder", "category"],
        ["alder", "kon", "category"],
    ]
    assert sorted(map(_told, one.groups)) == sorted(map(_told, other.groups))


def _told(figure: Figure) -> tuple[list[tuple[str, str]], float | None]:
    return sorted((name, str(value)) for name, value in figure.key.items()), figure.numerator


def test_every_category_of_a_distribution_is_there_also_the_empty_ones() -> None:
    engine = _exits(_exit("a", "2023-05-01", exit_reason="arbete_osubventionerat"), _exit("b", "2023-05-01"))
    result = compute(engine, request("exit_results", year=2023, by=["kon"]))
    assert [(dict(figure.key), figure.numerator, figure.denominator) for figure in result.groups] == [
        ({"kon": "K", "category": category}, numerator, 2)
        for category, numerator in (("A", 1), ("B", 0), ("C", 0), ("D", 0), ("E", 1))
    ]


def test_a_count_has_its_share_of_recipients_and_of_the_population(engine: Engine) -> None:
    total = compute(engine, request("long_term_support", year=2023)).total
    assert (total.numerator, total.denominator, total.value) == (SIZE // 3, SIZE, SIZE / 3)
    assert total.extra["share"] == pytest.approx(100 / 3)
    assert total.extra["of_population"] == pytest.approx(2.0)
    women = compute(engine, request("long_term_support", year=2023, where={"kon": "K"})).total
    assert women.extra["of_population"] is None


def test_cost_per_participant_divides_by_distinct_persons_and_says_that_rows_do_not_add_up(engine: Engine) -> None:
    result = compute(engine, request("cost_per_participant", year=2023, by=["insats"]))
    assert result.total.numerator == pytest.approx(1_200_000)
    with_activity = [number for number in range(SIZE) if number % 5 != 4]
    assert result.total.denominator == len(with_activity) == result.total.persons
    assert result.total.value == pytest.approx(1_200_000 / len(with_activity))
    assert sum(figure.denominator or 0 for figure in result.groups) > len(with_activity)
    assert not any(figure.adds_up for figure in result.groups)


def test_no_results_is_a_dash_not_a_division() -> None:
    cost: list[dict[str, object]] = [{"month": D("2023-03-01"), "unit": "AME", "kind": "gemensam", "outcome": 9000}]
    total = compute(_exits(_exit("a", "2023-05-01"), cost=cost), request("cost_per_result", year=2023)).total
    assert (total.numerator, total.denominator, total.value) == (9000, 0, None)


def test_protected_persons_count_but_are_in_no_list_and_no_split_below_the_unit(engine: Engine) -> None:
    protected = sum(is_protected(number) for number in range(SIZE))
    by_sex = compute(engine, request("work_or_study_at_exit", year=2023, by=["kon"]))
    assert _counts(by_sex, "kon") == {"K": SIZE / 2, "M": SIZE / 2 - protected, None: protected}
    by_unit = compute(engine, request("work_or_study_at_exit", year=2023, by=["enhet"]))
    assert _counts(by_unit, "enhet") == {"AME": SIZE}
    table = case_rows(engine, request("work_or_study_at_exit", year=2023))
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert len(rows) == SIZE - protected + 1
    assert not {row["person_key"] for row in rows} & {f"p{number}" for number in range(SIZE) if is_protected(number)}
    last = rows[-1]
    assert (last["unit_key"], last["units"], last["in_population"]) == (PROTECTED, protected, protected)
    assert all(last[name] is None for name in ("person_key", "attribution_date", "reason", "kon", "enhet", "namnd"))


def test_a_column_of_the_measure_never_takes_the_place_of_a_dimension(engine: Engine) -> None:
    original = measure("exit_results")
    sql = f"SELECT *, 'X' AS kon, FALSE AS protected FROM ({original.sql})"
    by_sex = compute(engine, request(replace(original, sql=sql), year=2023, by=["kon"]))
    protected = sum(is_protected(number) for number in range(SIZE))
    assert _counts(by_sex, "kon") == {"K": SIZE / 2, "M": SIZE / 2 - protected, None: protected}


def test_case_pages_follow_each_other_and_the_protected_row_ends_the_last(engine: Engine) -> None:
    question = request("exit_results", year=2023)
    whole = case_rows(engine, question, order="-attribution_date").rows
    pages = [
        row
        for offset in range(0, len(whole) + 10, 10)
        for row in case_rows(engine, question, order="-attribution_date", limit=10, offset=offset).rows
    ]
    assert tuple(pages) == whole
    dates = [row[2] for row in whole[:-1]]
    assert dates == sorted(dates, key=str, reverse=True)
    with pytest.raises(RequestFault, match="unit_key"):
        case_rows(engine, question, order="personnummer")


def test_left_out_cases_are_listed_with_their_reason(engine: Engine) -> None:
    question = request("sfi_not_started", year=2023)
    table = case_rows(engine, question, population="out")
    result = compute(engine, question)
    reasons = [row[table.columns.index("reason")] for row in table.rows]
    assert set(reasons) <= {*result.excluded, None}
    assert "withdrawn" in reasons


def test_case_columns_come_in_the_agreed_order() -> None:
    names = case_columns(measure("work_or_study_at_exit"))
    assert names[:12] == (
        *("unit_key", "person_key", "attribution_date", "in_population", "reason", "met", "category"),
        *("days", "event", "amount", "units", "flags"),
    )
    assert names[12:14] == ("insats", "utforare")
    assert names.index("kommun") < names.index("employed_from")


def test_without_a_period_the_last_full_year_is_taken() -> None:
    assert last_full_year(D("2024-01-31")) == Period.year(2023)
    assert last_full_year(D("2024-12-30")) == Period.year(2023)
    assert last_full_year(D("2024-12-31")) == Period.year(2024)
    assert request("exit_results", as_of=AS_OF).period == Period.year(2024)


def test_a_period_shorter_than_a_year_makes_long_term_support_roll() -> None:
    half = Period(D("2024-01-01"), D("2024-08-31"))
    assert request("long_term_support", year=2024).variant == "standard"
    asked = request("long_term_support", period=half)
    assert (asked.variant, asked.cohort) == ("rolling", Period(D("2023-09-01"), D("2024-08-31")))


def test_a_filter_named_alone_goes_with_the_default_variant() -> None:
    assert request("not_returned_within_year", year=2023, variant="resident").variant == "kolada+resident"
    assert request("work_or_study_at_exit", year=2023, variant="resident").variant == "resident"


@pytest.mark.parametrize(
    ("variant", "start", "end"),
    [
        ("kolada", "2022-01-01", "2022-06-30"),
        ("full_year+resident", "2022-01-01", "2022-12-31"),
    ],
)
def test_an_earlier_cohort_is_named_in_the_answer(engine: Engine, variant: str, start: str, end: str) -> None:
    document = compute(engine, request("not_returned_within_year", year=2023, variant=variant)).as_json()
    assert document["period"] == {"start": "2023-01-01", "end": "2023-12-31"}
    assert document["cohort"] == {"start": start, "end": end}


def test_a_measure_that_looks_at_the_period_itself_names_no_cohort(engine: Engine) -> None:
    assert "cohort" not in compute(engine, request("exit_results", year=2023)).as_json()


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"code": "finns_ej"}, "work_or_study_at_exit"),
        ({"variant": "fel"}, "unsubsidised"),
        ({"variant": "resident+kolada"}, "unsubsidised"),
        ({"by": ["kön"]}, "nyanland"),
        ({"by": ["kon", "alder", "insats"]}, "högst två"),
        ({"by": ["kon", "kon"]}, "kon,alder"),
        ({"where": {"skola": "x"}}, "nyanland"),
        ({"where": {"kon": "X"}}, "K, M"),
        ({"where": {"ar": "tjugo"}}, "ÅÅÅÅ"),
        ({"where": {"insats": "simning"}}, "kurs, praktik"),
        ({"where": {"namnd": "BUN"}}, "KUN, SN"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(engine: Engine, asked: dict[str, object], named: str) -> None:
    code = str(asked.pop("code", "work_or_study_at_exit"))
    with pytest.raises(RequestFault, match=named):
        compute(engine, request(code, year=2023, **asked))  # type: ignore[arg-type]  # each case sets one argument


def test_an_age_group_may_be_written_with_a_plain_hyphen() -> None:
    assert request("exit_results", year=2023, where={"alder": "25-34"}).where == (("alder", ("25–34",)),)


def test_two_values_of_one_dimension_mean_either_and_an_empty_one_means_not_known(engine: Engine) -> None:
    def cases(*values: str) -> float:
        asked = request("exit_results", year=2023, where=[("anvisare", value) for value in values])
        return compute(engine, asked).total.denominator or 0

    assert cases("af") + cases("egen") == cases("af", "egen")
    assert cases("af") + cases("egen") + cases("") == SIZE


def test_a_series_has_a_result_for_every_year_also_one_without_data(engine: Engine) -> None:
    results = series(engine, "exit_results", [2022, 2023])
    assert [result.period.label() for result in results] == ["2022", "2023"]
    assert [result.total.denominator for result in results] == [0, SIZE]


def test_snapshots_of_several_municipalities_are_added_and_told_apart() -> None:
    other = {**town_rows(), "municipality": [{"code": "8888", "name": "Grannköping"}]}
    engine = tiny_engine_of({"9999": town_rows(), "8888": other}, AS_OF)
    result = compute(engine, request("exit_results", year=2023, by=["kommun"]))
    assert _counts(result, "kommun") == {"8888": SIZE, "9999": SIZE}
    assert (result.total.denominator, result.total.persons) == (2 * SIZE, 2 * SIZE)
    assert label_of(engine, "kommun", "8888") == "Grannköping"
    count = compute(engine, request("long_term_support", year=2023, by=["kommun"]))
    assert count.total.extra["of_population"] == pytest.approx(2.0)
    assert [figure.extra["of_population"] for figure in count.groups] == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize(
    "code",
    [
        *("follow_up_compliance", "participants", "exit_results", "time_to_work", "referral_lead_time"),
        *("long_term_support", "need_without_activity", "cost_per_participant", "cost_per_result"),
    ],
)
def test_two_towns_alike_have_twice_the_cases_and_persons_of_one_though_their_keys_are_the_same(
    two_towns: Engine, engine: Engine, code: str
) -> None:
    known = set(dimensions_of(measure(code)))
    splits = [by for by in ((), ("kon",), ("insats",), ("kommun",), ("kon", "namnd")) if set(by) <= known]
    of_one = compute_many(engine, [request(code, year=2023, by=by) for by in splits])
    together = compute_many(two_towns, [request(code, year=2023, by=by) for by in splits])
    alone = [compute(two_towns, request(code, year=2023, by=by)) for by in splits]
    for one, *twos in zip(of_one, together, alone, strict=True):
        for two in twos:
            assert two.excluded == {reason: 2 * (number or 0) for reason, number in one.excluded.items()}
            assert _sizes(two.total) == _times(2, one.total)
            found = {(*_place(figure), figure.key.get("kommun")): _sizes(figure) for figure in two.groups}
            each = 1 if "kommun" in one.request.by else 2
            codes = ("8888", "9999") if "kommun" in one.request.by else (None,)
            assert found == {(*_place(figure), own): _times(each, figure) for figure in one.groups for own in codes}


def _times(number: int, figure: Figure) -> dict[str, object]:
    """The sizes so many times, kronor to the öre or two that rounding moves."""
    return {name: pytest.approx(number * size, abs=0.05) for name, size in _sizes(figure).items()}


def _place(figure: Figure) -> tuple[str | None, ...]:
    """Where the figure stands, whichever municipality it is of."""
    return tuple(value for name, value in figure.key.items() if name != "kommun")


def _sizes(figure: Figure) -> dict[str, float]:
    """What of a figure is a number of cases, persons or kronor, its parts included."""
    numbers = {"numerator": figure.numerator, "denominator": figure.denominator, "persons": figure.persons}
    for name, part in figure.parts.items():
        numbers |= {f"{name}.{each}": getattr(part, each) for each in ("numerator", "denominator", "persons")}
    return {name: number for name, number in numbers.items() if number is not None}


def test_threads_that_ask_at_once_get_the_same_answers() -> None:
    engine = town()
    questions = [
        request(code, year=2023, by=by)
        for code in ("exit_results", "cost_per_result", "work_at_exit")
        for by in ((), ("kon",), ("insats",), ("alder", "kon"))
    ]
    alone = [compute(town(), question) for question in questions[:3]]
    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = list(pool.map(lambda question: compute(engine, question), questions * 3))
    assert answers[: len(questions)] == answers[len(questions) : 2 * len(questions)] == answers[2 * len(questions) :]
    assert answers[:3] == alone
