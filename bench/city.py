"""A made city for the benches: plausible facts by SQL alone, the same for the same size."""

import os

from django.db import connection

HOUSEHOLDS = int(os.environ.get("BENCH_HOUSEHOLDS", "84498"))
"""How many a whole city has; fewer for a trial of the benches themselves."""

# Every number comes from the row's own digest, so that two runs make the same city. `r(n)` is a
# whole number from 0 to 9,999 that differs from column to column.
_DICE = """
CREATE FUNCTION pg_temp.r(id bigint, salt int) RETURNS int LANGUAGE sql IMMUTABLE AS
$$ SELECT ((hashint8extended(id, salt) % 10000 + 10000) % 10000)::int $$
"""

_STEPS = (
    """
    CREATE TEMP TABLE bench_family ON COMMIT DROP AS
    SELECT id, v.code AS area_code, 1 + (pg_temp.r(id, 1) / 3500) AS size
    FROM generate_series(1, %(count)s) AS id
    JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place,
            count(*) OVER () AS villages
          FROM divisions_area WHERE level = 5 AND valid_until IS NULL
            AND code >= '3701' AND code < '3701:') v ON v.place = id %% v.villages
    """,
    """
    INSERT INTO registry_person (id, area_code, name, pinyin, initials, number_kind,
      number_sealed, number_blind, sex, born_date, ethnic)
    SELECT f.id * 8 + k, f.area_code, '示例' || k, '', '', 'resident', '',
      decode(md5('bench' || f.id || '-' || k), 'hex'),
      CASE WHEN pg_temp.r(f.id, 10 + k) < 5000 THEN 'male' ELSE 'female' END,
      DATE '1935-01-01' + pg_temp.r(f.id, 20 + k) * CASE WHEN k < 2 THEN 2 ELSE 3 END, '汉族'
    FROM bench_family f, generate_series(0, f.size - 1) AS k
    """,
    """
    INSERT INTO registry_household (id, number, area_code, register_area_code, register_type,
      head_id, address, register_address, group_name, phone_sealed, registered_at, facts_version)
    SELECT id, 'B' || lpad(id::text, 8, '0'), area_code, '',
      CASE WHEN pg_temp.r(id, 2) < 4000 THEN 'urban' ELSE 'rural' END, id * 8,
      '示例路' || id || '号', '', '', '',
      TIMESTAMPTZ '2024-01-01' + pg_temp.r(id, 3) * INTERVAL '1 hour', 1
    FROM bench_family
    """,
    """
    INSERT INTO registry_membership (household_id, area_code, person_id, relation, is_counted,
      is_protected, started_date, start_reason, end_reason)
    SELECT f.id, f.area_code, f.id * 8 + k, CASE WHEN k = 0 THEN 'head' ELSE 'other_relation' END,
      true, true, '2024-01-01', 'registered', ''
    FROM bench_family f, generate_series(0, f.size - 1) AS k
    """,
    """
    INSERT INTO registry_personfacts (person_id, area_code, source, as_of_date, illness,
      illness_sealed, disability_kind, disability_grade, disability_card, student, school,
      occupation, employed, employer, monthly_income_fen, unable_to_work, marital,
      unsupported_child, special)
    SELECT p, area_code, 'made', '2026-06-01',
      CASE WHEN pg_temp.r(p, 30) < 1500 THEN 'severe' WHEN pg_temp.r(p, 30) < 4500
        THEN 'chronic' END, '',
      CASE WHEN pg_temp.r(p, 31) < 2500 THEN 'physical' WHEN pg_temp.r(p, 31) < 3200
        THEN 'mental' END,
      CASE WHEN pg_temp.r(p, 31) < 3200 THEN 1 + pg_temp.r(p, 32) %% 4 END, false,
      CASE WHEN k > 1 AND pg_temp.r(p, 33) < 6000 THEN 'compulsory' END, '', 'flexible',
      pg_temp.r(p, 34) < 3500, '', 0, pg_temp.r(p, 35) < 800,
      CASE WHEN pg_temp.r(p, 36) < 2000 THEN 'widowed' ELSE 'married' END, false, ''
    FROM (SELECT f.id * 8 + k AS p, k, f.area_code
          FROM bench_family f, generate_series(0, f.size - 1) AS k) AS people
    """,
    """
    INSERT INTO registry_dwelling (household_id, area_code, source, as_of_date, tenure, grade,
      floor_area, finish)
    SELECT id, area_code, 'made', '2026-06-01',
      CASE WHEN pg_temp.r(id, 40) < 1500 THEN 'rented' ELSE 'owned' END,
      CASE WHEN pg_temp.r(id, 41) < 600 THEN 'C' ELSE 'A' END, 20 + pg_temp.r(id, 42) / 100, ''
    FROM bench_family
    """,
    """
    INSERT INTO registry_circumstances (household_id, area_code, source, as_of_date,
      single_parent, only_child_lost, property_status, causes, cadre_relative, utilities_fen,
      phone_fen, livestock, farm_machines, land_mu, note, reviewed_date)
    SELECT id, area_code, 'made', '2026-06-01', pg_temp.r(id, 50) < 700,
      pg_temp.r(id, 51) < 100, CASE WHEN pg_temp.r(id, 52) < 300 THEN 'edge' ELSE 'within' END,
      ARRAY['cause_illness'], false, 0, 0, '', '', 0, '',
      DATE '2026-11-01' - pg_temp.r(id, 53) / 20
    FROM bench_family
    """,
    """
    INSERT INTO registry_income (household_id, area_code, source, as_of_date, kind, declared_fen,
      verified_fen)
    SELECT id, area_code, 'made', '2026-06-01', kind, pg_temp.r(id, salt) * 120 * size,
      CASE WHEN pg_temp.r(id, salt + 1) < 5000 THEN pg_temp.r(id, salt) * 130 * size END
    FROM bench_family, (VALUES ('wages', 60), ('transfers', 62)) AS k (kind, salt)
    WHERE salt = 60 OR pg_temp.r(id, 64) < 5000
    """,
    """
    INSERT INTO registry_spending (household_id, area_code, source, as_of_date, kind, amount_fen)
    SELECT id, area_code, 'made', '2026-06-01', kind, pg_temp.r(id, salt) * 200
    FROM bench_family, (VALUES ('medical', 70), ('education', 72)) AS k (kind, salt)
    WHERE salt = 70 OR pg_temp.r(id, 74) < 3000
    """,
    """
    INSERT INTO registry_shock (household_id, area_code, source, as_of_date, kind, on_date,
      loss_fen, main_worker_died, detail)
    SELECT id, area_code, 'made', '2026-06-01', 'disaster',
      DATE '2026-11-01' - pg_temp.r(id, 81) / 20, pg_temp.r(id, 82) * 300, false, ''
    FROM bench_family WHERE pg_temp.r(id, 80) < 800
    """,
    """
    INSERT INTO registry_recognition (household_id, area_code, category, document_number,
      monthly_fen, is_legacy, started_date, end_reason)
    SELECT id, area_code, CASE WHEN pg_temp.r(id, 90) < 500 THEN 'tekun' ELSE 'dibao' END, '',
      40000, true, '2024-01-01', ''
    FROM bench_family WHERE pg_temp.r(id, 90) < 6000
    """,
    """
    INSERT INTO ledger_entry (id, household_id, area_code, item_code, type, kind, payer,
      is_discretionary, is_counted, is_continuing, monthly_fen, promised_fen, started_date,
      is_failed, origin, reference)
    SELECT id, id, area_code, 'mz-dibao', 'living', 'cash', '民政局', false, true,
      pg_temp.r(id, 90) < 6000, CASE WHEN pg_temp.r(id, 90) < 6000 THEN 40000 ELSE 0 END, 0,
      '2025-01-01', false, 'made_aid', 'bench-' || id
    FROM bench_family
    """,
    """
    INSERT INTO ledger_payment (entry_id, area_code, paid_date, amount_fen, reference)
    SELECT id, area_code, DATE '2026-11-10' - k * 30, 40000, 'bench-' || id || '-' || k
    FROM bench_family, generate_series(0, 11) AS k
    WHERE pg_temp.r(id, 90) < 6000 OR (k = 3 AND pg_temp.r(id, 100) < 4000)
    """,
)


def load_city(count: int) -> None:
    """Load `count` households with all that the index reads; the caller acts over the city."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM registry_household WHERE id = %s", [count])
        if cursor.fetchone():
            return
        cursor.execute(_DICE)
        for step in _STEPS:
            cursor.execute(step, {"count": count})
