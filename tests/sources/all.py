"""Every source of every publisher, in the order in which they are imported and shown."""

from . import Source, national, undesa, unsd, world_bank

SOURCES: tuple[Source, ...] = (*unsd.SOURCES, *national.SOURCES, *undesa.SOURCES, *world_bank.SOURCES)
