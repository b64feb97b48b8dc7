"""Names in English, French and Spanish as columns, with one accessor."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.languages import LANGUAGES, LocalName, local_name


class NamedInThreeLanguages(models.Model):
    """A row with ``name_en``, ``name_fr`` and ``name_es``; ``name`` is the one of the active language."""

    name_en = models.TextField(_("name (English)"))
    name_fr = models.TextField(_("name (French)"), blank=True)
    name_es = models.TextField(_("name (Spanish)"), blank=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> LocalName:
        return self.in_language("name")

    def in_language(self, stem: str, language: str | None = None) -> LocalName:
        """The text of ``<stem>_<language>``: in the language given (default: the active one), falling back and saying so."""
        texts = {lang: getattr(self, f"{stem}_{lang}") for lang in LANGUAGES}
        return local_name(texts, language or get_language())

    def __str__(self) -> str:
        return str(self.name)
