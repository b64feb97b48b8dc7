"""Reference metadata as pages read it: what each dataset says of an indicator, field by field, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from sdg_targets.domain.languages import LocalName, local_name
from sdg_targets.domain.metadata import FIELDS, MetadataField
from sdg_targets.models import Dataset, Metadata, ReportingType


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field with its text, in the language that it really is in, and what the text rests on."""

    field: MetadataField
    text: LocalName
    source: str


@dataclass(frozen=True, slots=True)
class MetadataSheet:
    """What one dataset says of an indicator: the fields that it fills, in the order in which they are shown."""

    dataset: Dataset
    fields: tuple[FieldText, ...]

    @property
    def is_national(self) -> bool:
        return self.dataset.reporting_type == ReportingType.NATIONAL

    @property
    def sources(self) -> tuple[str, ...]:
        """What its texts rest on, each once."""
        return tuple(dict.fromkeys(field.source for field in self.fields if field.source))

    def field(self, name: str) -> FieldText | None:
        return next((one for one in self.fields if one.field.name == name), None)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One field as the global dataset has it and as the national one does; either may be silent."""

    field: MetadataField
    first: FieldText | None
    second: FieldText | None


def sheets_of(indicator_id: int) -> list[MetadataSheet]:
    """What each dataset says of an indicator, the one shown first leading; one query.

    A text stands in the language asked for, else in English, else in whatever language its dataset has.
    """
    found: dict[int, dict[str, dict[str, Metadata]]] = {}
    datasets: dict[int, Dataset] = {}
    rows = Metadata.objects.filter(indicator=indicator_id).select_related("dataset").in_field_order()
    for row in rows:
        datasets[row.dataset_id] = row.dataset
        found.setdefault(row.dataset_id, {}).setdefault(row.field, {})[row.language] = row
    return [_sheet(datasets[pk], fields) for pk, fields in found.items()]


def _sheet(dataset: Dataset, fields: dict[str, dict[str, Metadata]]) -> MetadataSheet:
    texts = []
    for name, by_language in fields.items():
        text = local_name({language: row.text for language, row in by_language.items()}, get_language())
        if not text.text:  # in a language that is none of the product's
            language, row = next(iter(by_language.items()))
            text = LocalName(row.text, language, text.asked)
        texts.append(FieldText(FIELDS[name], text, by_language[text.lang].source))
    return MetadataSheet(dataset, tuple(texts))


def side_by_side(first: MetadataSheet | None, second: MetadataSheet) -> Sequence[SideBySide]:
    """The fields that either fills, in the order in which they are shown."""
    pairs = [(field, first.field(name) if first else None, second.field(name)) for name, field in FIELDS.items()]
    return [SideBySide(*pair) for pair in pairs if pair[1] or pair[2]]
