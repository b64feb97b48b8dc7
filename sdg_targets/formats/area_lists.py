"""Area codes mean what the file's own list says: its names are held against ours before a figure is given to a place.

Where one publisher's 4 is Afghanistan, another's is the Northern Province of Rwanda. Names are compared without accents
and capitals, in our three languages; a publisher's other name of the same place is a mapping of the concept ``area_name``.
"""

from sdg_targets.domain.codes import normalise_m49
from sdg_targets.domain.folding import folded
from sdg_targets.domain.rows import FileProblem

from .mapping import CodeMaps


def listed_area(codes: CodeMaps, given: str, name: str | None) -> str:
    """Our area for a numeric code that the file calls by this name (``None`` where it does not say).

    Errors: ``UnmappedCode`` for a code that is not known here; ``FileProblem`` where the name is of another place: then
    the whole list is another one, and no code of it can be believed.
    """
    area = codes.area(normalise_m49(given))
    known = codes.area_names.get(area, frozenset())
    if name and known and folded(name) not in known:
        raise FileProblem(
            f"The file's own list of areas calls {given} “{name}”; here that code is {area}, {min(known)}. If it is the"
            " same place, map the name (concept area_name); if not, the file uses another list, which must be mapped."
        )
    return area
