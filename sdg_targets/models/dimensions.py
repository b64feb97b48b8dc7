"""Dimensions, by which figures are broken down, and their categories."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .naming import NamedInThreeLanguages


class Dimension(NamedInThreeLanguages):
    """A way figures are broken down: sex, age, migratory status ..."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        ordering = ["position", "code"]


class Category(NamedInThreeLanguages):
    """One code of a dimension; ``_T`` is the total and is a code like any other."""

    dimension = models.ForeignKey(
        Dimension, verbose_name=_("dimension"), on_delete=models.CASCADE, related_name="categories"
    )
    code = models.CharField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["dimension__position", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["dimension", "code"], name="category_code_once")]
