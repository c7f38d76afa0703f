"""A small square district for tests: 2 townships, 2 communities each, 4 grids each."""

from datetime import UTC, date, datetime

from onegrid.core.fields import Point
from onegrid.geography.actions.redraw_areas import Drawing, redraw_areas
from onegrid.geography.models import Level
from onegrid.oversight.public import Actor

WEST, SOUTH, STEP = 120.60, 27.90, 0.01
OPENED = date(2020, 1, 1)
NOON = datetime(2024, 1, 1, 4, tzinfo=UTC)
SOMEBODY = Actor(name="tests")


def square(column, row, width=1, height=1):
    west, south = WEST + column * STEP, SOUTH + row * STEP
    east, north = WEST + (column + width) * STEP, SOUTH + (row + height) * STEP
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def drawing(code, level, parent, shape):
    west, south = shape["coordinates"][0][0]
    return Drawing(
        code=code,
        name=f"{level} {code}",
        level=level,
        parent=parent,
        outline=shape,
        label_at=Point(west + STEP / 2, south + STEP / 2),
    )


def squares():
    """The district D, 4 × 4 grids; township D1 in the west, D2 in the east."""
    yield drawing("D", Level.DISTRICT, None, square(0, 0, 4, 4))
    for half in (0, 1):
        township = f"D{half + 1}"
        yield drawing(township, Level.TOWNSHIP, "D", square(half * 2, 0, 2, 4))
        for part in (0, 1):
            community = f"{township}{part + 1}"
            yield drawing(community, Level.COMMUNITY, township, square(half * 2, part * 2, 2, 2))
            for number in range(4):
                grid = square(half * 2 + number % 2, part * 2 + number // 2)
                yield drawing(f"{community}{number + 1}", Level.GRID, community, grid)


def draw(drawings=None, *, opens_on=OPENED):
    return redraw_areas(drawings=list(drawings or squares()), opens_on=opens_on, by=SOMEBODY, at=NOON)
