"""What a provider's codes mean here, as plain data for a reader."""

from sdg_targets.domain.folding import folded
from sdg_targets.domain.validation import STATUSES
from sdg_targets.formats.mapping import CodeMaps
from sdg_targets.models import Area, Category, CodeMapping, Dataset, MigrationProfile, Nature, Unit


def code_maps(provider: str, *, dataset: Dataset | None = None) -> CodeMaps:
    """The mappings of a provider and the codes of our own, as plain data for a reader.

    What is mapped for the dataset itself (its code as the provider) comes before what is mapped for the provider.
    """
    maps: dict[str, dict[str, str]] = {}
    for owner in (provider, dataset.code if dataset else ""):
        mapped = CodeMapping.objects.filter(provider=owner).values_list("concept", "given", "code")
        for concept, given, code in mapped:
            maps.setdefault(concept, {})[given] = code
    areas = Area.objects.values_list("code", "m49", "iso3", "name_en", "name_fr", "name_es")
    maps["area"] = {**{m49: code for code, m49, *_rest in areas if m49}, **maps.get("area", {})}
    own: dict[str, set[str]] = {"iso3": {iso3 for _code, _m49, iso3, *_names in areas if iso3}}
    names = {code: {folded(name) for name in names if name} for code, _m49, _iso3, *names in areas}
    for name, code in maps.get("area_name", {}).items():
        names.setdefault(code, set()).add(folded(name))
    maps["area_name"] = {**{row[3]: row[0] for row in areas}, **maps.get("area_name", {})}
    for dimension, code in Category.objects.values_list("dimension__code", "code"):
        own.setdefault(dimension, set()).add(code)
    own["unit"] = set(Unit.objects.values_list("code", flat=True))
    own["nature"] = set(Nature.values)
    own["status"] = set(STATUSES)
    own["indicator"] = set(MigrationProfile.objects.values_list("indicator__code", flat=True))
    return CodeMaps(
        maps,
        {concept: frozenset(codes) for concept, codes in own.items()},
        home=dataset.area.code if dataset and dataset.area else "",
        area_names={area: frozenset(known) for area, known in names.items()},
    )
