"""Scores of questionnaires in templates: their arithmetic in the reader's language."""

from django import template

from sdg_targets.domain.questionnaires import Score
from sdg_targets.queries.questionnaires import Sheet

from .figures import language

register = template.Library()


@register.filter
def formula(of: Score | Sheet) -> str:
    """The numbers that a score is made of; of a whole questionnaire, the points of its sections."""
    return of.result.summary(language()) if isinstance(of, Sheet) else of.formula(language())
