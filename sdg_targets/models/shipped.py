"""What came with the product: files already loaded, and what each of their rows said when it was loaded."""

from django.db import models


class ShippedFile(models.Model):
    """A file of the product's own, remembered by checksum so that a second start does not read it again."""

    name = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class ShippedRow(models.Model):
    """A row as it was loaded. One that differs from it now was edited since, and is not overwritten.

    The values are kept, not a digest of them: a field that a later version adds is no edit.
    """

    table = models.CharField(max_length=100)
    key = models.CharField(max_length=300)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="shipped_row_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
