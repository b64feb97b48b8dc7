"""Every source of every publisher, in the order in which they are imported and shown."""

from . import Source, unsd

SOURCES: tuple[Source, ...] = (*unsd.SOURCES,)
