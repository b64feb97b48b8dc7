"""The framework's cells of custodian and partner agencies, read into names.

Several agencies stand in one cell, separated by comma, semicolon, slash, line end or "and"; some cells hold a remark
around the names ("Under discussion among agencies (ILO, WHO)").
"""

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[,;/\n]|\band\b(?! other UN-Oceans)")
_REMARKS: Final = re.compile(r"Under discussion among agencies|\(|\)")


def agencies(cell: str) -> list[str]:
    """The names in a cell, in order, each once, as the framework writes them."""
    plain = _REMARKS.sub(" ", cell)
    names = (" ".join(part.split()) for part in _BETWEEN.split(plain))
    return list(dict.fromkeys(name for name in names if name))
