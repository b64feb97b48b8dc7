"""Map shapes: from a TopoJSON of geographic coordinates to a small one in the Equal Earth plane.

Made once (``manage.py build_map``) and committed; nothing of this runs when a page is read. Projection: B. Savric, T.
Patterson, B. Jenny, "The Equal Earth map projection", 2018. Units of the plane: tenths of a pixel of a map 1,000 wide.
"""

import heapq
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any, Final

Point = tuple[float, float]
WIDTH: Final = 10_000
#: Triangles smaller than this (square units of the plane) are left out of a line; rings smaller than that are dropped.
LEAST_TRIANGLE: Final = 36.0
LEAST_RING: Final = 150.0
#: Shapes smaller than this also stand as a point, or nobody would see them.
SMALL: Final = 1_500.0
#: Shapes without a code of their own, and the area they are drawn as part of.
PART_OF: Final = {"SOL": "SOM", "CYN": "CYP", "KAS": "IND", "XKX": "412"}
LEFT_OUT: Final = frozenset(("ATA", "ATC", "IOA"))
#: Borders that are not agreed: drawn dashed, with the note that names them in static/data/README.md.
DISPUTED: Final = frozenset(
    frozenset(pair)
    for pair in (
        ("MAR", "ESH"),
        ("IND", "PAK"),
        ("IND", "CHN"),
        ("PAK", "CHN"),
        ("SDN", "SSD"),
        ("SRB", "412"),
        ("ISR", "PSE"),
        ("ISR", "SYR"),
    )
)
#: Areas that the source has no shape for, by longitude and latitude.
ADDED_POINTS: Final = {
    "TUV": (179.2, -8.5),
    "TKL": (-171.8, -9.2),
    "GIB": (-5.35, 36.14),
    "BES": (-68.27, 12.18),
    "BVT": (3.4, -54.4),
    "CCK": (96.8, -12.2),
    "CXR": (105.6, -10.5),
    "GLP": (-61.5, 16.2),
    "GUF": (-53.1, 4.0),
    "MTQ": (-61.0, 14.65),
    "MYT": (45.15, -12.83),
    "REU": (55.53, -21.12),
    "SJM": (16.0, 78.5),
    "UMI": (-162.0, 5.9),
}

#: The map is cut where there is least land, between the two shores of the Bering Strait; its middle is opposite.
CUT: Final = -168.45

_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_HALF_WIDTH: Final = 2.706629983
_HALF_HEIGHT: Final = 1.317362759


def turned(longitude: float) -> float:
    """A longitude counted from the middle of the map, from -180 to 180."""
    return (longitude - CUT) % 360 - 180


def unbroken(line: Sequence[Point]) -> list[Point]:
    """A line that crosses the cut, kept on the side where it begins: a little beyond the edge, not across the map."""
    found: list[Point] = []
    for longitude, latitude in line:
        if found and longitude - found[-1][0] > 180:
            longitude -= 360  # noqa: PLW2901 - the same place, counted the other way
        elif found and longitude - found[-1][0] < -180:
            longitude += 360  # noqa: PLW2901
        found.append((longitude, latitude))
    return found


def equal_earth(longitude: float, latitude: float) -> Point:
    """A place in degrees from the middle to a point of the plane, x from 0 to ``WIDTH`` and y downwards from 0."""
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    a1, a2, a3, a4 = _A
    squared = theta * theta
    sixth = squared**3
    down = a1 + 3 * a2 * squared + sixth * (7 * a3 + 9 * a4 * squared)
    x = 2 * sqrt(3) * radians(longitude) * cos(theta) / (3 * down)
    y = theta * (a1 + a2 * squared + sixth * (a3 + a4 * squared))
    scale = WIDTH / (2 * _HALF_WIDTH)
    return (x + _HALF_WIDTH) * scale, (_HALF_HEIGHT - y) * scale


@dataclass(frozen=True, slots=True)
class Source:
    """A TopoJSON read: its arcs in the plane, and each area's polygons as rings of arc numbers."""

    arcs: list[list[Point]]
    areas: dict[str, list[list[list[int]]]]


def read_source(topology: dict[str, Any]) -> Source:
    """Decode a quantised TopoJSON whose ``countries`` have the property ``a3``."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((turned(x * sx + tx), y * sy + ty))
        arcs.append([equal_earth(*place) for place in unbroken(line)])
    areas: dict[str, list[list[list[int]]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = PART_OF.get(geometry["properties"]["a3"], geometry["properties"]["a3"])
        if code not in LEFT_OUT and "arcs" in geometry:
            polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            areas.setdefault(code, []).extend(polygons)
    return Source(arcs, areas)


def simplified(line: Sequence[Point], least: float = LEAST_TRIANGLE) -> list[Point]:
    """A line without its least points, the ends kept (M. Visvalingam, J. Whyatt, 1993)."""
    alive = list(range(len(line)))
    if len(alive) <= 2:
        return list(line)
    before, after = [i - 1 for i in alive], [i + 1 for i in alive]
    queue = [(_triangle(line[i - 1], line[i], line[i + 1]), i) for i in alive[1:-1]]
    area = {i: a for a, i in queue}
    heapq.heapify(queue)
    while queue and queue[0][0] < least:
        size, i = heapq.heappop(queue)
        if area.get(i) != size:
            continue
        del area[i]
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if j in area:
                area[j] = max(size, _triangle(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(queue, (area[j], j))
    return [point for i, point in enumerate(line) if i in area or i in (0, len(line) - 1)]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def ring_points(ring: Iterable[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """The points of a ring of arc numbers (``~n`` is arc n backwards)."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc if not points else arc[1:])
    return points


def ring_area(points: Sequence[Point]) -> float:
    """The area within a ring, in square units of the plane."""
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _kept_rings(polygons: list[list[list[int]]], arcs: Sequence[Sequence[Point]]) -> list[list[list[int]]]:
    """The polygons that can be seen, and always the largest."""
    sized = sorted(((ring_area(ring_points(p[0], arcs)), n) for n, p in enumerate(polygons)), reverse=True)
    kept = {n for rank, (size, n) in enumerate(sized) if rank == 0 or size >= LEAST_RING}
    return [polygon for n, polygon in enumerate(polygons) if n in kept]


def build(topology: dict[str, Any]) -> dict[str, Any]:
    """The committed TopoJSON: ``areas`` (by ISO3), ``borders``, ``disputed`` and ``points`` of what is small."""
    source = read_source(topology)
    areas = {code: _kept_rings(polygons, source.arcs) for code, polygons in sorted(source.areas.items())}
    users: dict[int, set[str]] = {}
    for code, polygons in areas.items():
        for number in _numbers(polygons):
            users.setdefault(number, set()).add(code)
    order = {number: place for place, number in enumerate(sorted(users))}
    borders = [n for n in order if len(users[n]) == 2 and frozenset(users[n]) not in DISPUTED]
    disputed = [n for n in order if frozenset(users[n]) in DISPUTED]
    return {
        "type": "Topology",
        "arcs": [_delta(simplified(source.arcs[number])) for number in order],
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {
            "areas": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "MultiPolygon", "id": code, "arcs": _renumbered(polygons, order)}
                    for code, polygons in areas.items()
                ],
            },
            "borders": {"type": "MultiLineString", "arcs": [[order[n]] for n in borders]},
            "disputed": {"type": "MultiLineString", "arcs": [[order[n]] for n in disputed]},
        },
        "points": dict(sorted(_points(areas, source.arcs))),
    }


def _numbers(polygons: list[list[list[int]]]) -> Iterator[int]:
    return (number if number >= 0 else ~number for polygon in polygons for ring in polygon for number in ring)


def _renumbered(polygons: list[list[list[int]]], order: dict[int, int]) -> list[list[list[int]]]:
    return [[[order[n] if n >= 0 else ~order[~n] for n in ring] for ring in polygon] for polygon in polygons]


def _delta(line: Sequence[Point]) -> list[list[int]]:
    whole = [(round(x), round(y)) for x, y in line]
    steps = [[whole[0][0], whole[0][1]]]
    for (x1, y1), (x2, y2) in itertools.pairwise(whole):
        if (x1, y1) != (x2, y2) or len(whole) == 2:
            steps.append([x2 - x1, y2 - y1])
    return steps if len(steps) > 1 else [*steps, [0, 0]]


def _points(
    areas: dict[str, list[list[list[int]]]], arcs: Sequence[Sequence[Point]]
) -> Iterator[tuple[str, list[int]]]:
    """The middle of every area too small to be seen, and of those without a shape."""
    for code, polygons in areas.items():
        rings = [ring_points(polygon[0], arcs) for polygon in polygons]
        if sum(map(ring_area, rings)) < SMALL:
            largest = max(rings, key=ring_area)
            yield code, [round(sum(p[axis] for p in largest) / len(largest)) for axis in (0, 1)]
    for code, place in ADDED_POINTS.items():
        if code not in areas:
            x, y = equal_earth(turned(place[0]), place[1])
            yield code, [round(x), round(y)]


__all__ = ["WIDTH", "build", "equal_earth", "ring_area", "simplified"]
