"""What came with the product: files already loaded, and what each of their rows was when it was loaded."""

from django.db import models


class ShippedFile(models.Model):
    """A file of the product's own, remembered by checksum so that a second start does not read it again."""

    name = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name


class ShippedRow(models.Model):
    """The digest of a row as it was loaded. A row that differs from it was edited since, and is not overwritten."""

    table = models.CharField(max_length=100)
    key = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "key"], name="shipped_row_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
