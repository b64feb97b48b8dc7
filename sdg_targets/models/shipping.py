"""How rows that come with the product meet rows that people have edited.

A shipped row is written where it is new, and rewritten where nobody has touched it since it was last loaded. A row that
was edited (in the admin, say) stays as it is and is reported. The memory of what was loaded is ``ShippedRow``.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import models
from django.utils import timezone

from .shipped import ShippedFile, ShippedRow

Values = dict[str, Any]
#: A change of it makes every file be read again.
LOADER: Final = "2"


@dataclass(frozen=True, slots=True)
class Shipped:
    """What became of the rows: how many were new, updated and unchanged; the keys kept as edited, and those left over."""

    table: str
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: tuple[str, ...] = ()
    left_over: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = (
            f"{self.table}: {self.new} new, {self.updated} updated, {self.unchanged} unchanged, {self.removed} removed"
        )
        if self.kept:
            text += f"; kept as edited: {', '.join(self.kept)}"
        if self.left_over:
            text += f"; no longer in the file, left: {', '.join(self.left_over)}"
        return text


@dataclass(frozen=True, slots=True)
class ShippedTable:
    """A table that files fill. Values are plain, or the key of another row (``one``), or a list of keys (``many``).

    ``itself`` names references to the same table, which are set when all rows stand. ``prune`` removes rows that a newer
    file lacks and nobody has edited; without it they are left and reported.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    plain: tuple[str, ...]
    one: Mapping[str, str] = field(default_factory=dict)
    itself: tuple[str, ...] = ()
    many: Mapping[str, str] = field(default_factory=dict)
    prune: bool = False

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.plain, *self.one, *self.itself, *self.many)

    def sync(self, rows: Sequence[Values]) -> Shipped:
        """Bring the rows in. Each row has every field of the table. Errors: ``KeyError`` for a key of no row."""
        wanted = {self._key(row): row for row in rows}
        standing = {self._key(values): (instance, values) for instance, values in self._read()}
        memory = dict(ShippedRow.objects.filter(table=self.name).values_list("key", "values"))
        edited = {key for key, (_row, values) in standing.items() if key not in memory or _differ(memory[key], values)}
        new = [key for key in wanted if key not in standing]
        changed = [key for key, row in wanted.items() if key in standing and _differ(row, standing[key][1])]
        kept = [key for key in changed if key in edited]
        updated = [key for key in changed if key not in edited]
        over = [key for key in memory if key in standing and key not in wanted]
        removed = [key for key in over if self.prune and key not in edited]
        self._write({key: wanted[key] for key in new}, {key: (standing[key][0], wanted[key]) for key in updated})
        self.model._default_manager.filter(pk__in=[standing[key][0].pk for key in removed]).delete()
        self._remember({key: _plain(row) for key, row in wanted.items() if key not in set(kept)}, removed)
        return Shipped(
            self.name,
            len(new),
            len(updated),
            len(wanted) - len(new) - len(changed),
            len(removed),
            tuple(kept),
            tuple(key for key in over if key not in set(removed)),
        )

    def _key(self, values: Values) -> str:
        return " ".join("" if values[name] is None else str(values[name]) for name in self.key)

    def _read(self) -> Iterable[tuple[models.Model, Values]]:
        queryset = self.model._default_manager.select_related(*self.one, *self.itself).prefetch_related(*self.many)
        for instance in queryset:
            yield (
                instance,
                {
                    **{name: getattr(instance, name) for name in self.plain},
                    **{name: _named(getattr(instance, name), key) for name, key in self._references().items()},
                    **{
                        name: sorted(getattr(other, key) for other in getattr(instance, name).all())
                        for name, key in self.many.items()
                    },
                },
            )

    def _references(self) -> dict[str, str]:
        return {**self.one, **dict.fromkeys(self.itself, "code")}

    def _targets(self, names: Mapping[str, str]) -> dict[str, dict[str, Any]]:
        """For each reference, the rows it can point at by their keys."""
        return {
            name: {getattr(other, key): other for other in _related(self.model, name)._default_manager.all()}
            for name, key in names.items()
        }

    def _write(self, new: Mapping[str, Values], updated: Mapping[str, tuple[models.Model, Values]]) -> None:
        if not new and not updated:
            return
        targets = self._targets(self.one)
        fresh = [(self.model(), row) for row in new.values()]
        for instance, row in (*fresh, *updated.values()):
            for name in self.plain:
                setattr(instance, name, row[name])
            for name in self.one:
                setattr(instance, name, None if row[name] is None else targets[name][row[name]])
        manager = self.model._default_manager
        manager.bulk_create([instance for instance, _row in fresh])
        changed = [instance for instance, _row in updated.values()]
        for name in self._stamps():
            for instance in changed:
                setattr(instance, name, timezone.now())
        manager.bulk_update(changed, [*self.plain, *self.one, *self._stamps()], batch_size=200)
        self._write_relations([*fresh, *updated.values()])

    def _stamps(self) -> list[str]:
        """Fields that hold the time of the last change, which a bulk update leaves to its caller."""
        return [entry.name for entry in self.model._meta.fields if getattr(entry, "auto_now", False)]

    def _write_relations(self, pairs: Sequence[tuple[models.Model, Values]]) -> None:
        if self.itself:
            targets = self._targets(dict.fromkeys(self.itself, "code"))
            for instance, row in pairs:
                for name in self.itself:
                    setattr(instance, name, None if row[name] is None else targets[name][row[name]])
            self.model._default_manager.bulk_update([i for i, _row in pairs], list(self.itself), batch_size=200)
        targets = self._targets(self.many)
        for instance, row in pairs:
            for name in self.many:
                getattr(instance, name).set([targets[name][key] for key in row[name]])

    def _remember(self, rows: Mapping[str, Values], removed: Sequence[str]) -> None:
        ShippedRow.objects.filter(table=self.name, key__in=removed).delete()
        ShippedRow.objects.bulk_create(
            [ShippedRow(table=self.name, key=key, values=values) for key, values in rows.items()],
            update_conflicts=True,
            unique_fields=["table", "key"],
            update_fields=["values"],
            batch_size=500,
        )


def load_once(name: str, paths: Sequence[Path], load: Callable[[], list[Shipped]]) -> list[Shipped]:
    """Load files unless they are those loaded last under this name; then the list is empty."""
    digest = hashlib.sha256(LOADER.encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    sha256 = digest.hexdigest()
    if ShippedFile.objects.filter(name=name, sha256=sha256).exists():
        return []
    done = load()
    ShippedFile.objects.update_or_create(name=name, defaults={"sha256": sha256})
    return done


def _related(model: type[models.Model], name: str) -> type[models.Model]:
    related = model._meta.get_field(name).related_model
    if not isinstance(related, type):
        raise TypeError(f"{name} of {model.__name__} points nowhere.")
    return related


def _named(instance: models.Model | None, key: str) -> str | None:
    return None if instance is None else getattr(instance, key)


def _plain(values: Values) -> Values:
    """Values as JSON keeps them: a decimal and a date are texts."""
    plain: Values = json.loads(json.dumps(values, default=str))
    return plain


def _differ(loaded: Values, now: Values) -> bool:
    """Whether a field of what was loaded says something else now; fields that came later do not count."""
    before, after = _plain(loaded), _plain(now)
    return any(after.get(name) != value for name, value in before.items())
