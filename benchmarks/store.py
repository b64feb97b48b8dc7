"""The bitemporal store at 1M current and 0.5M past rows, beside two other designs filled with the same rows.

Run: ``make bench`` or ``.venv/bin/python -m benchmarks.store``. Reference (1.0): an unversioned table of the current
rows alone, with the same key. Printed: buffers touched and the best time of the rounds,
as ratios to it.
"""

from typing import Any

from benchmarks.scratch import AREAS, SERIES, YEARS, buffers, scratch_database, timed

OPEN = 2_147_483_647
ROWS = """
    select (select id from sdg_targets_dataset) as dataset_id, s.id as series_id, a.id as area_id, p.id as period_id,
           (select id from sdg_targets_breakdown) as breakdown_id, (select id from sdg_targets_unit) as unit_id,
           round((random() * 100)::numeric, 2) as value
    from sdg_targets_series s, sdg_targets_area a, sdg_targets_period p
"""
OTHERS = f"""
create table plain as select dataset_id, series_id, area_id, period_id, breakdown_id, unit_id, value
    from sdg_targets_observation_current order by series_id, area_id, period_id;
create unique index on plain (series_id, area_id, period_id, breakdown_id, dataset_id);
create index on plain (series_id, breakdown_id, period_id, area_id) include (value);
create table one_table as select * from sdg_targets_observation order by random();
create unique index on one_table (series_id, area_id, period_id, breakdown_id, dataset_id) where known_to = {OPEN};
create index on one_table (series_id, breakdown_id, period_id, area_id) include (value) where known_to = {OPEN};
create index on one_table (series_id, area_id, period_id, known_from);
"""
QUESTIONS = {
    "chart: one series and area": "series_id = {s} and area_id = {a}",
    "map: one series and year": "series_id = {s} and breakdown_id = {b} and period_id = {p}",
    "one whole series": "series_id = {s}",
}
REFERENCE = "unversioned (reference)"
#: Of the time, of the design that is ours.
LIMITS = {"partitioned, current": "1.3", "partitioned, as of revision 1": "3"}
ROUNDS = 5
#: The conditions are those of ``ObservationQuerySet``.
DESIGNS = {
    REFERENCE: ("plain", ""),
    "partitioned, current": ("sdg_targets_observation", f" and known_to = {OPEN}"),
    "partitioned, as of revision 1": ("sdg_targets_observation", " and known_from + 0 <= 1 and known_to > 1"),
    "one table, partial index, current": ("one_table", f" and known_to = {OPEN}"),
    "one table, as of revision 1": ("one_table", " and known_from <= 1 and known_to > 1"),
}


def fill(cursor: Any) -> None:
    """1M rows known since revision 1, half of them revised at revision 2."""
    columns = "dataset_id, series_id, area_id, period_id, breakdown_id, unit_id, value"
    seconds = timed(
        cursor,
        f"insert into sdg_targets_observation ({columns}, known_from) select {columns}, 1 from ({ROWS}) r"
        " order by series_id, area_id, period_id",
    )
    print(f"{SERIES * AREAS * YEARS:,} rows inserted through the statement checks in {seconds:.1f} s")
    seconds = timed(
        cursor,
        f"""with gone as (delete from sdg_targets_observation_current where id % 2 = 0 returning *),
              past as (insert into sdg_targets_observation_past (id, {columns}, known_from, known_to)
                       overriding system value select id, {columns}, 1, 2 from gone)
            insert into sdg_targets_observation ({columns}, known_from)
            select dataset_id, series_id, area_id, period_id, breakdown_id, unit_id, value + 1, 2 from gone
            order by series_id, area_id, period_id""",
    )
    print(f"half of them revised in {seconds:.1f} s")
    timed(cursor, OTHERS)
    for table in ("sdg_targets_observation", "plain", "one_table"):
        timed(cursor, f"vacuum analyze {table}")


def main() -> None:
    with scratch_database() as cursor:
        fill(cursor)
        cursor.execute(
            "select (select min(id) from sdg_targets_series) + 77, (select min(id) from sdg_targets_area) + 33,"
            " (select min(id) from sdg_targets_breakdown), (select min(id) from sdg_targets_period) + 5"
        )
        names = dict(zip("sabp", cursor.fetchone(), strict=True))
        print(f"\n{'question':28} {'design':36} {'buffers':>8} {'x':>6} {'ms':>8} {'x':>6}  limit")
        for question, condition in QUESTIONS.items():
            found = in_turns(cursor, condition.format(**names))
            reference = found[REFERENCE]
            for design, (touched, best) in found.items():
                print(
                    f"{question:28} {design:36} {touched:8} {touched / reference[0]:6.1f}"
                    f" {best:8.3f} {best / reference[1]:6.1f}  {LIMITS.get(design, '')}"
                )


def in_turns(cursor: Any, condition: str) -> dict[str, tuple[int, float]]:
    """Buffers and the best time of each design; the designs are asked in turns, so that a busy moment falls on all alike."""
    found: dict[str, list[tuple[int, float]]] = {design: [] for design in DESIGNS}
    for _ in range(ROUNDS):
        for design, (table, versions) in DESIGNS.items():
            question = f"select area_id, period_id, value from {table} where {condition}{versions}"
            found[design].append(buffers(cursor, question))
    return {design: (turns[-1][0], min(time for _touched, time in turns)) for design, turns in found.items()}


if __name__ == "__main__":
    main()
