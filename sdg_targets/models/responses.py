"""Responses: what a country answered to a questionnaire in a submission, every version of every answer kept."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sdg_targets.domain.answers import Evidence, EvidenceKind, Said

from .fields import person
from .observations import Period
from .questionnaires import InstrumentVersion, Option, Question
from .submissions import Submission


class ResponseQuerySet(models.QuerySet["Response"]):
    def with_names(self) -> Self:
        return self.select_related("version__instrument", "period", "submission__area", "submission__round")

    def published(self) -> Self:
        """Those of published submissions."""
        return self.filter(submission__state="published")


class Response(models.Model):
    """The answers to one version of a questionnaire for one period, in one submission."""

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.PROTECT, related_name="responses"
    )
    version = models.ForeignKey(
        InstrumentVersion, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="responses"
    )
    period = models.ForeignKey(Period, verbose_name=_("time period"), on_delete=models.PROTECT, related_name="+")

    objects = ResponseQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(fields=["submission", "version", "period"], name="response_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.period}"


class AnswerContent(models.Model):
    """What was said to a question; ``domain.answers.Said`` in columns."""

    option = models.ForeignKey(
        Option, verbose_name=_("answer"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("note to the reviewers"), blank=True, help_text=_("Never published"))
    evidence = models.JSONField(_("evidence"), default=list, blank=True)
    consent = models.BooleanField(_("may be published"), default=False)

    class Meta:
        abstract = True

    @property
    def pieces(self) -> tuple[Evidence, ...]:
        """The evidence, piece by piece."""
        return tuple(Evidence(EvidenceKind(row["kind"]), row["title"], row["url"]) for row in self.evidence)

    @property
    def said(self) -> Said:
        return Said(self.option.code if self.option else None, self.note, self.pieces, self.consent)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def with_names(self) -> Self:
        return self.select_related("question", "option", "changed_by")


class Answer(AnswerContent):
    """One answer as it stands. Its version grows with every change; who saves names the version they saw."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = person(_("changed by"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    submitted_version = models.PositiveIntegerField(
        _("version submitted"), null=True, blank=True, help_text=_("What the reviewers see of an answer that came back")
    )

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.question.code}"


class AnswerVersion(AnswerContent):
    """What an answer was at one version: who gave it, and when. Added, never changed."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField(_("version"))
    by = person(_("made by"))
    at = models.DateTimeField(_("date and time"), default=timezone.now)

    class Meta:
        verbose_name = _("version of an answer")
        verbose_name_plural = _("versions of answers")
        ordering = ["answer", "version"]
        constraints = [models.UniqueConstraint(fields=["answer", "version"], name="answer_version_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.version}"
