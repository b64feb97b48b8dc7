"""Every source of every publisher, in the order in which they are imported and shown."""

from . import Source, idmc, iom, unhcr, unsd, wellbeing

SOURCES: tuple[Source, ...] = (
    *unsd.SOURCES,
    *unhcr.SOURCES,
    *idmc.SOURCES,
    *iom.SOURCES,
    *wellbeing.SOURCES,
)
