"""Which of the files that come with the product have been loaded."""

from django.db import models


class ShippedFile(models.Model):
    """A file of the product's own, remembered by checksum so that a second start does not read it again."""

    name = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
