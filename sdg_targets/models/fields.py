"""Database fields and constraints that several nouns share."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.fields import Field


class ExactDecimalField(models.DecimalField):
    """A PostgreSQL ``numeric`` without a fixed scale: 6.20 stays 6.20, comparison is numeric.

    Unit: that of the owning row. Errors: a value that is not a finite decimal raises ``ValidationError``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 1000)
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        """No number of decimals is named: a page that shows the field would fill them up with zeros."""
        return [message for message in super().check(**kwargs) if message.id != "fields.E130"]

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("max_digits", None)
        kwargs.pop("decimal_places", None)
        return name, path, list(args), dict(kwargs)

    def db_type(self, connection: Any) -> str:
        return "numeric"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Hand the Decimal to the driver as it is: Django's own step would round it to a scale."""
        return Field.get_db_prep_value(self, value, connection, prepared)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """The same for writing; expressions (``bulk_update`` writes with them) are left to the compiler."""
        return value if hasattr(value, "as_sql") else self.get_prep_value(value)

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []


def person(name: Any, *, blank: bool = False, editable: bool = True) -> models.ForeignKey:
    """Who did something; null is the product itself, or that nobody did it yet (``blank``). Whoever did it is not deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=name,
        null=True,
        blank=blank,
        on_delete=models.PROTECT,
        related_name="+",
        editable=editable,
    )


def dates_check(*, name: str) -> models.CheckConstraint:
    """A named CHECK that ``valid_from`` does not lie after ``valid_to``; either may be open."""
    open_ended = models.Q(valid_from=None) | models.Q(valid_to=None)
    return models.CheckConstraint(condition=open_ended | models.Q(valid_from__lte=models.F("valid_to")), name=name)


def choices_check(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """A named CHECK that the column holds one of the choices (house rule: the database holds the truth)."""
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": choices.values}), name=name)
