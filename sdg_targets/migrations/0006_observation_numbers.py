"""No number of an observation is infinite or none at all, and one bound alone holds too."""

from django.db import migrations

NUMBERS = ("value", "lower_bound", "upper_bound", "numerator", "denominator")
FINITE = " and ".join(f"{name} not in ('NaN', 'Infinity', '-Infinity')" for name in NUMBERS)

# A condition that hangs on an absent number is unknown, and what is unknown does not break a CHECK.
SQL = f"""
alter table sdg_targets_observation
    drop constraint observation_value_is_finite,
    drop constraint observation_bounds_in_order,
    add constraint observation_numbers_are_finite check ({FINITE}),
    add constraint observation_bounds_in_order
        check (lower_bound <= upper_bound and lower_bound <= value and value <= upper_bound);
"""
UNDO = """
alter table sdg_targets_observation
    drop constraint observation_numbers_are_finite,
    drop constraint observation_bounds_in_order,
    add constraint observation_value_is_finite
        check (value is null or value not in ('NaN', 'Infinity', '-Infinity')),
    add constraint observation_bounds_in_order
        check (lower_bound <= upper_bound and (value is null or value between lower_bound and upper_bound)
               or lower_bound is null or upper_bound is null);
"""


class Migration(migrations.Migration):
    dependencies = [("sdg_targets", "0005_invariants")]
    operations = [migrations.RunSQL(sql=SQL, reverse_sql=UNDO)]
