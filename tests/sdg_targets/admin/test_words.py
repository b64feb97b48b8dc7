"""The administration speaks the reader's language: each model, field, list, filter and section has a translated name."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.filters import FieldListFilter
from django.contrib.admin.utils import flatten_fieldsets, get_fields_from_path, label_for_field
from django.db import models
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils.translation import override

from idm.accounts.models import User
from sdg_targets.models import Area, AreaStatus

pytestmark = pytest.mark.django_db

#: Words that are written alike in English and in the other language; all others must differ.
ALIKE = {
    "fr": {
        "code", "concept", "dates", "dimension", "dimensions", "format", "licence", "nature", "observation",
        "observations", "organisation", "organisations", "question", "questionnaire", "questionnaires", "questions",
        "scores", "section", "sections", "source", "version",
    },
    "es": {"series"},
}  # fmt: skip

#: Pages of libraries (the records of background jobs, which superusers alone see) speak as their makers made them.
OURS = ("idm", "partners", "reports", "sdg_targets")

Label = tuple[str, str]  # where it stands, and the word


@pytest.fixture
def request_of_a_superuser(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/admin/")
    request.user = User(email="all@example.org", is_superuser=True)
    return request


def our_pages() -> list[Any]:
    return [page for page in admin.site._registry.values() if type(page).__module__.split(".")[0] in OURS]


def rows(model: type[models.Model]) -> list[Any]:
    """Rows that between them show every part of a page."""
    return [Area(status=AreaStatus.MEMBER), Area(status=AreaStatus.AGGREGATE)] if model is Area else [model()]


def labels_of_form(page: Any, row: Any, request: HttpRequest) -> Iterator[Label]:
    place = type(page).__name__
    fieldsets = page.get_fieldsets(request, row)
    for title, _options in fieldsets:
        if title is not None:
            yield f"{place}, section", str(title)
    own = page.form.declared_fields  # a form's field that is none of the model's, such as a file
    for name in flatten_fieldsets(fieldsets):
        label = own[name].label if name in own else label_for_field(name, page.model, page)
        yield f"{place}, {name}", str(label)


def labels_of_page(page: Any, request: HttpRequest) -> Iterator[Label]:
    place, meta = type(page).__name__, page.model._meta
    yield f"{place}, app", str(apps.get_app_config(meta.app_label).verbose_name)
    yield f"{place}, model", str(meta.verbose_name)
    yield f"{place}, models", str(meta.verbose_name_plural)
    if page.search_help_text:
        yield f"{place}, help for the search", str(page.search_help_text)
    for name in page.list_display:
        yield f"{place}, column {name}", str(label_for_field(name, page.model, page))
    for entry in page.list_filter:
        path, made = (entry, FieldListFilter.create) if isinstance(entry, str) else entry
        field = get_fields_from_path(page.model, path)[-1]
        yield f"{place}, filter {path}", str(made(field, request, {}, page.model, page, field_path=path).title)
    for row in rows(page.model):
        yield from labels_of_form(page, row, request)
        for inline in page.get_inline_instances(request, row):
            yield f"{type(inline).__name__}, row", str(inline.verbose_name)
            yield f"{type(inline).__name__}, rows", str(inline.verbose_name_plural)
            yield from labels_of_form(inline, row, request)


def all_labels(language: str, request: HttpRequest) -> list[Label]:
    with override(language):
        return [
            ("site", str(admin.site.site_header)),
            ("site", str(admin.site.site_title)),
            ("site", str(admin.site.index_title)),
            *(label for page in our_pages() for label in labels_of_page(page, request)),
        ]


@pytest.mark.parametrize("language", ALIKE)
def test_every_label_is_in_the_language_of_the_reader(language: str, request_of_a_superuser: HttpRequest) -> None:
    english = all_labels("en", request_of_a_superuser)
    translated = all_labels(language, request_of_a_superuser)
    assert len(our_pages()) >= 18 and len(english) > 300
    assert [place for place, _word in english] == [place for place, _word in translated]
    same = {(place, word) for (place, word), (_place, other) in zip(english, translated, strict=True) if word == other}
    assert {(place, word) for place, word in same if word.lower() not in ALIKE[language]} == set()
    assert {word.lower() for _place, word in same} == ALIKE[language], "listed as alike, and not met alike"
