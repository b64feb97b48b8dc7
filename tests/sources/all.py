"""Every source of every publisher, in the order in which they are imported and shown."""

from . import Source, idmc, iom, national, undesa, unhcr, unsd, wellbeing, world_bank

SOURCES: tuple[Source, ...] = (
    *unsd.SOURCES,
    *national.SOURCES,
    *unhcr.SOURCES,
    *idmc.SOURCES,
    *iom.SOURCES,
    *undesa.SOURCES,
    *world_bank.SOURCES,
    *wellbeing.SOURCES,
)
