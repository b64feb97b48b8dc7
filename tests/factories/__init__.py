"""Small rows of every noun, made on demand, the same in every test."""

from .catalogue import make_area, make_catalogue, make_dataset, make_indicator, make_series, make_supplementary
from .observations import observe, write_rows

__all__ = [
    "make_area",
    "make_catalogue",
    "make_dataset",
    "make_indicator",
    "make_series",
    "make_supplementary",
    "observe",
    "write_rows",
]
