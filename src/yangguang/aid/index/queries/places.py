"""What frames a ranking: the areas around it with their sizes, its counts, its model. One query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.queries.boards import Board, board_from
from yangguang.aid.index.queries.explaining import Freshness
from yangguang.aid.index.queries.model import STATE, rulebook_of
from yangguang.aid.index.queries.pages import scope_of

_AREAS = f"""
SELECT a.code, a.name, a.level,
  coalesce((SELECT json_agg(json_build_array(kind, value, households, people))
    FROM index_counter WHERE kind IN ('band', 'flag')
      AND area_code = left(a.code, (ARRAY[2, 4, 6, 9, 12])[a.level])), '[]')::text,
  (SELECT max(on_date) FROM index_run), ({STATE})
FROM divisions_area a
WHERE a.valid_until IS NULL AND (a.code = %s OR a.parent_id = ANY(%s)) ORDER BY a.code
"""


@dataclass(frozen=True, slots=True)
class Place:
    """An area of the tree with its counts; `level` 1 (province) to 5 (village)."""

    code: str
    name: str
    level: int
    households: int
    people: int


@dataclass(frozen=True, slots=True)
class Frame:
    """The tree from the reader's own area down to the chosen one, and the chosen one's counts."""

    root: Place
    chosen: Place
    places: tuple[Place, ...]
    board: Board
    freshness: Freshness


def frame_of(scope: str, area_code: str, on: date) -> Frame | None:
    """Give what frames the ranking of an area, opened from the reader's scope down to it.

    None when the area is unknown, ended or outside `scope`, a prefix. One query, and those of
    `rulebooks` when a policy has changed. Raises MissingPolicy.
    """
    if not area_code.startswith(scope):
        return None
    with Cursor(connection.connection) as cursor:
        cursor.execute(_AREAS, [scope.ljust(12, "0"), _opened(scope, area_code)], prepare=True)
        rows = cursor.fetchall()
    boards = {row[0]: board_from(msgspec.json.decode(row[3])) for row in rows}
    places = tuple(_place(row, boards[row[0]]) for row in rows)
    by_code = {place.code: place for place in places}
    root, chosen = by_code.get(scope.ljust(12, "0")), by_code.get(area_code)
    if root is None or chosen is None:
        return None
    model = rulebook_of(rows[0][5], area_code, on).model
    fresh = Freshness(model.version, model.name, model.sample, rows[0][4])
    return Frame(root, chosen, places, boards[area_code], fresh)


def _opened(scope: str, area_code: str) -> list[str]:
    """List the codes whose children are shown: from the scope down to the chosen area."""
    deepest = len(scope_of(area_code))
    steps = [digits for digits in (2, 4, 6, 9, 12) if len(scope) <= digits <= deepest]
    return [area_code[:digits].ljust(12, "0") for digits in steps]


def _place(row: Sequence[Any], board: Board) -> Place:
    return Place(row[0], row[1], row[2], board.households, board.people)
