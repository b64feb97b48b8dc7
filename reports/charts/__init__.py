"""One chart pipeline: a declarative Vega-Lite specification per chart, built in Python; drawn in the browser and, as SVG
or PNG, on the server.

A view asks ``frames`` for a chart of an answer from ``queries`` and gives it to ``components/chart.html``::

    section = cross_section(series, "2019", known)
    context["map"] = map_frame(entry, section, as_of=known.asked)      # ChartFrame or None

``world_map``, ``lines`` and ``dots`` are pure functions from frozen values to a specification, whose colours are names of
tokens (``token:accent``): ``themes.themed`` puts colours in for an image, ``charts.js`` in the browser, where they follow
light and dark. ``specs`` has what all drawings share, ``render`` makes and keeps images, ``years`` gives the slider every
year of a map. A picture never says more than the table: gaps stay gaps, no figure is hatched, not asked is dotted.
"""
