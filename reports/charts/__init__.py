"""One chart pipeline: a declarative Vega-Lite specification per chart, built in Python; drawn in the browser and, as SVG
or PNG, on the server.

A view asks ``frames`` for a chart of an answer from ``queries`` and gives it to ``components/chart.html``::

    section = cross_section(series, "2019", known)
    context["map"] = map_frame(entry, section, request)      # ChartFrame or None

``specs`` are pure functions from values to a specification, whose colours are names of tokens (``token:accent``):
``themes.themed`` puts colours in for an image, ``charts.js`` in the browser, where they follow light and dark.
"""
