"""A synthetic country, and the programs that answer for it beside ours: what stands in `script/bench country`.

**Folders.** `python -m bench.country.generate --enrolments 20000 --municipalities 6 --out DIR` writes one snapshot folder for
each municipality, `DIR/<code>/` with a manifest and one Parquet file a table (columns and types: `reporting.snapshots.tables`).
The files have no column for the municipality: the folder tells it, and ids are unique within a municipality only. Everything that
lies after the as-of date is masked already. `Country.open(DIR)` lists the folders.

**Programs.** `bench.country.pandas_programs` and `bench.country.polars_programs` each have

    def figures(country: Country, years: Sequence[int]) -> Answers

which reads the Parquet files it needs and returns every measure of the catalogue in its default variant, for each year, by
municipality: `answers[year][code][municipality][name]` is a number, or None where there is none. A municipality without a case in
the population may be left out. What a program prepares for several measures it prepares once.

**Names of the numbers**, by the kind of the measure (front matter of its text):

- share, count: `numerator`, `denominator`
- ratio: `numerator` (kronor), `denominator`
- distribution: each category's code (0 where it has none), `denominator`
- parts: each part's name, and `<name>.of` where the part has a denominator; a sum of kronor without rows is None
- duration, `kaplan_meier` and `ended`: `median`, `n`, `events`, `within`, `within.of` (those in time, of those old enough), and
  for `ended` also `mean`
- duration, `incidence`: `denominator`, and for each number of days `<days>` (percent), `<days>.numerator`, `<days>.at_risk`

Counts must agree exactly, everything else to nine digits (`bench.country.comparing`).
"""
