"""Where a family stands: exact at any size, by counters and a count inside one bucket."""

from dataclasses import dataclass

from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.models import BUCKETS_PER_POINT
from yangguang.aid.index.rules.stored import edge_key

LEVELS = {12: "area_code", 9: "town_code", 6: "county_code", 4: "city_code"}
"""The column of `Score` that holds a scope of so many digits."""

_ME = """
SELECT area_code, town_code, county_code, city_code, bucket, order_key
FROM index_score WHERE household_id = %s
"""
_ABOVE = " UNION ALL ".join(
    f"""
    SELECT {digits},
      coalesce((SELECT sum(households) FROM index_counter WHERE area_code = %(code{digits})s
        AND kind = 'bucket' AND value > %(bucket)s), 0)
      + (SELECT count(*) FROM index_score WHERE {column} = %(code{digits})s
        AND order_key >= %(edge)s AND order_key < %(key)s),
      (SELECT sum(households) FROM index_counter WHERE area_code = %(code{digits})s
        AND kind = 'bucket')"""
    for digits, column in LEVELS.items()
)


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
        cursor.execute(_ME, [household_id], prepare=True)
        me = cursor.fetchone()
        if me is None:
            return None
        village, town, county, city, bucket, key = me
        values = {
            "code12": village,
            "code9": town,
            "code6": county,
            "code4": city,
            "bucket": bucket,
            "edge": bucket_start(bucket),
            "key": key,
        }
        cursor.execute(_ABOVE, values, prepare=True)
        found = {digits: (int(above) + 1, int(size)) for digits, above, size in cursor.fetchall()}
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


def bucket_start(bucket: int) -> str:
    """Give the least order key of a bucket: the first below the index at which the next begins."""
    return edge_key((bucket + 1) / BUCKETS_PER_POINT).rjust(12, "0")


def position(scope: str, order_key: str, assistance: float) -> int:
    """Give the rank within a scope of the family that has this key. One query."""
    bucket = int(assistance * BUCKETS_PER_POINT)
    column = LEVELS[len(scope)]
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            f"""SELECT coalesce((SELECT sum(households) FROM index_counter
              WHERE area_code = %(scope)s AND kind = 'bucket' AND value > %(bucket)s), 0)
            + (SELECT count(*) FROM index_score WHERE {column} = %(scope)s
              AND order_key >= %(edge)s AND order_key < %(key)s) + 1""",
            {"scope": scope, "bucket": bucket, "edge": bucket_start(bucket), "key": order_key},
            prepare=True,
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 1


def position_in_type(scope: str, type: str, order_key: str) -> int:
    """Give the rank within a scope's list of a type, counted along its index. One query."""
    column = LEVELS[len(scope)]
    # A village has no index of its own: its township's is read, and the others left out.
    town = " AND town_code = left(%(scope)s, 9)" if len(scope) == 12 else ""
    with Cursor(connection.connection) as cursor:
        cursor.execute(
            f"""SELECT count(*) + 1 FROM index_typescore WHERE {column} = %(scope)s{town}
            AND type = %(type)s AND order_key < %(key)s""",
            {"scope": scope, "type": type, "key": order_key},
            prepare=True,
        )
        row = cursor.fetchone()
    return int(row[0]) if row else 1
