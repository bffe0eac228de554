"""Where a family stands: exact at any size, by counters and a count inside one bucket."""

from dataclasses import dataclass

from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.models import BUCKETS_PER_POINT
from yangguang.aid.index.rules.stored import edge_key
from yangguang.foundation.catalogue.types import AidType

LEVELS = {12: "area_code", 9: "town_code", 6: "county_code", 4: "city_code"}
"""The column of `Score` that holds a scope of so many digits."""

_STEPS = {12: 0, 9: BUCKETS_PER_POINT, 6: 1, 4: 1}
"""How many buckets a counter of a level holds together; a village has none."""

# Counted across the wall: a clerk's family has a rank in the city, though the clerk sees a village.
_ABOVE = """
SELECT a.digits,
  coalesce((SELECT sum(households) FROM index_counter
    WHERE area_code = a.code AND kind = 'bucket' AND value > a.bucket), 0)
  + index_count_between(a.code, a.low, %s),
  (SELECT sum(households) FROM index_counter WHERE area_code = a.code AND kind = 'band')
FROM unnest(%s::int[], %s::text[], %s::int[], %s::text[]) AS a (digits, code, bucket, low)
"""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Rank from 1, and of how many, in village, town, county and city."""

    village: int
    town: int
    county: int
    city: int
    of_village: int
    of_town: int
    of_county: int
    of_city: int


def rank_of(household_id: int) -> Ranks | None:
    """Give the four ranks of a household, None where it has no score in sight. Two queries."""
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            "SELECT area_code, bucket, order_key FROM index_score WHERE household_id = %s",
            [household_id],
            prepare=True,
        )
        me = cursor.fetchone()
    if me is None:
        return None
    area_code, bucket, key = me
    found = _above([area_code[:digits] for digits in LEVELS], bucket, key)
    return Ranks(
        village=found[12][0],
        town=found[9][0],
        county=found[6][0],
        city=found[4][0],
        of_village=found[12][1],
        of_town=found[9][1],
        of_county=found[6][1],
        of_city=found[4][1],
    )


def position(scope: str, order_key: str, assistance: float) -> int:
    """Give the rank within a scope of the family that has this key. One query."""
    return _above([scope], int(assistance * BUCKETS_PER_POINT), order_key)[len(scope)][0]


def _above(scopes: list[str], bucket: int, key: str) -> dict[int, tuple[int, int]]:
    """Give by digits the rank of a key, and of how many, in each scope. One query."""
    bounds = [_bounds(_STEPS[len(scope)], bucket) for scope in scopes]
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            _ABOVE,
            [
                key,
                [len(scope) for scope in scopes],
                scopes,
                [value for value, _ in bounds],
                [low for _, low in bounds],
            ],
            prepare=True,
        )
        return {
            digits: (int(above) + 1, int(size or 0)) for digits, above, size in cursor.fetchall()
        }


def _bounds(step: int, bucket: int) -> tuple[int, str]:
    """Give the counter's value that holds a bucket, and the least order key inside it.

    Without counters every family is counted: above all values, from the first key.
    """
    if step == 0:
        return 32_767, ""
    value = bucket // step * step
    return value, edge_key((value + step) / BUCKETS_PER_POINT)


def index_of(type: AidType) -> str:
    """Give a type's index as SQL reads it out of a score `s`, a constant that its index knows."""
    return f"s.types[{list(AidType).index(type) + 1}]"


def position_in_type(
    scope: str, type: AidType, value: float, assistance: float, order_key: str
) -> int:
    """Give the rank within a scope's list of a type, counted along its index. One query.

    Counts what the caller may see.
    """
    index = index_of(type)
    # Planned for its values, as the list itself.
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH counties AS ({COUNTIES})
            SELECT coalesce(sum((SELECT count(*) FROM index_score s
                WHERE s.county_code = c.code AND {index} > 0
                  AND s.area_code >= %(scope)s AND s.area_code < %(scope)s || ':'
                  AND ({index}, s.assistance) > (%(value)s, %(a)s))), 0)
              + coalesce(sum((SELECT count(*) FROM index_score s
                WHERE s.county_code = c.code AND {index} > 0
                  AND s.area_code >= %(scope)s AND s.area_code < %(scope)s || ':'
                  AND {index} = %(value)s AND s.assistance = %(a)s
                  AND s.order_key < %(key)s)), 0) + 1
            FROM counties c""",
            {"scope": scope, "value": value, "a": assistance, "key": order_key},
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 1


# The counties of a scope: its own, or all that a city has or had.
COUNTIES = """
SELECT left(%(scope)s, 6) AS code WHERE length(%(scope)s) > 4
UNION
SELECT left(code, 6) FROM divisions_area
WHERE length(%(scope)s) = 4 AND parent_id = rpad(%(scope)s, 12, '0')
"""
