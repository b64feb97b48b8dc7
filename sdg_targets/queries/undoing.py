"""What undoing an import would do, observation by observation.

An observation that the import wrote and that still stands as it wrote it goes back to the version before; what it withdrew
stands again. What something newer has changed since is left. Versions of imports that were undone themselves are passed
over on the way back, so that the order in which imports are undone does not bring one of them back.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from sdg_targets.models import Import, ImportState

from .undoing_texts import texts_back

_KEY: Final = "dataset_id, series_id, area_id, period_id, breakdown_id"


def _same(one: str, other: str) -> str:
    return " and ".join(f"{one}.{column} = {other}.{column}" for column in _KEY.split(", "))


#: Each observation of an import with its verdict: the version that goes (``old_id``) and the one that returns
#: (``before_id``). ``walk`` goes back from version to version, as long as one ends where the next begins.
PLAN: Final = f"""
    with recursive undone as (
        select id from sdg_targets_import where id = %(import)s or undone_in_id is not null),
    written as (
        select distinct {_KEY} from sdg_targets_observation
        where known_from = %(revision)s and imported_id = %(import)s),
    touched_by_it as (
        select {_KEY}, true as wrote from written
        union all
        select {_KEY}, false from (
            select {_KEY} from sdg_targets_observation_past
            where known_to = %(revision)s and dataset_id = %(dataset)s except select {_KEY} from written) withdrawn),
    open_to_undo as (
        select k.*, cur.id as old_id,
               case when k.wrote then cur.imported_id = %(import)s
                    else cur.id is null and not exists (
                        select from sdg_targets_observation_past later where {_same("later", "k")}
                        and later.known_from > %(revision)s
                        and (later.imported_id is null or later.imported_id not in (select id from undone))) end as mine
        from touched_by_it k left join sdg_targets_observation_current cur on {_same("cur", "k")}),
    walk as (
        select {_KEY}, %(revision)s as ended, null::bigint as id, false as arrived from open_to_undo where mine
        union all
        select w.dataset_id, w.series_id, w.area_id, w.period_id, w.breakdown_id, v.known_from, v.id,
               v.imported_id is null or v.imported_id not in (select id from undone)
        from walk w join sdg_targets_observation_past v on {_same("v", "w")} and v.known_to = w.ended
        where not w.arrived)
    select case when mine is not true or not wrote and w.id is null then 'left'
                when not wrote then 'reinstated'
                when w.id is null then 'withdrawn' else 'restored' end as verdict,
           case when mine then old_id end as old_id, w.id as before_id
    from open_to_undo k left join walk w on {_same("w", "k")} and w.arrived"""


@dataclass(frozen=True, slots=True)
class Undone:
    """How many observations of an import went back to the version before, were withdrawn because there was none, stand
    again after it had withdrawn them, and were left because something newer stands; and how many texts of metadata went
    back or were left."""

    restored: int
    withdrawn: int
    reinstated: int
    left: int
    texts: int = 0
    texts_left: int = 0

    @property
    def changed(self) -> int:
        """How many observations are changed."""
        return self.restored + self.withdrawn + self.reinstated

    @property
    def anything(self) -> bool:
        return bool(self.changed or self.texts)


def parameters_of(made: Import) -> dict[str, Any]:
    """What ``PLAN`` asks about."""
    return {"import": made.pk, "revision": made.revision_id, "dataset": made.dataset_id}


def effect_of_undoing(made: Import) -> Undone:
    """What undoing an import would do now; nothing for one that wrote nothing or was undone. A few queries."""
    if made.state != ImportState.APPLIED or made.undone_in_id is not None:
        return Undone(0, 0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(f"select verdict, count(*) from ({PLAN}) plan group by verdict", parameters_of(made))
        counts = dict(cursor.fetchall())
    texts = texts_back(made)
    return Undone(
        restored=counts.get("restored", 0),
        withdrawn=counts.get("withdrawn", 0),
        reinstated=counts.get("reinstated", 0),
        left=counts.get("left", 0),
        texts=len(texts.back),
        texts_left=texts.left,
    )
