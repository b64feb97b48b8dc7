"""Every source of every publisher, in the order in which they are imported and shown."""

from . import Source, national, unsd

SOURCES: tuple[Source, ...] = (*unsd.SOURCES, *national.SOURCES)
