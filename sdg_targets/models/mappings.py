"""Mappings: a provider's own codes and ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeMapping(models.Model):
    """What one provider (or one dataset) writes, and the code it means here; ``docs/data-model.md`` lists the concepts."""

    provider = models.CharField(_("provider"), max_length=40)
    concept = models.CharField(_("concept"), max_length=40)
    given = models.CharField(_("code of the provider"), max_length=300)
    code = models.CharField(_("code"), max_length=60, help_text=_("Our code"))

    class Meta:
        verbose_name = _("code mapping")
        verbose_name_plural = _("code mappings")
        ordering = ["provider", "concept", "given"]
        constraints = [models.UniqueConstraint(fields=["provider", "concept", "given"], name="mapping_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.concept} {self.given} = {self.code}"
