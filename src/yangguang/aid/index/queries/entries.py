"""The facts of a few households as structs: PostgreSQL writes the JSON that the rules read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django.db import connection
from psycopg import Cursor

from yangguang.aid.index.queries.model import STATE, Rulebook, rulebook_of
from yangguang.aid.index.types import Entry, Household

_FACTS = f"""
SELECT h.id, h.area_code, h.register_type, h.facts_version,
  coalesce(c.reviewed_date, h.registered_at::date), r.category, split.recent, shared.others,
  (extract(epoch FROM coalesce(h.accepted_at, h.registered_at)) * 1000000)::bigint,
  coalesce(aid.payers, '[]'), ({STATE}),
  json_build_object(
    'number', h.number,
    'income', coalesce(i.fen, 0) / 100.0::float8,
    'spend', json_build_object(
      'medical', coalesce(s.medical, 0) / 100.0::float8,
      'education', coalesce(s.education, 0) / 100.0::float8,
      'rehabilitation', coalesce(s.rehabilitation, 0) / 100.0::float8,
      'other', coalesce(s.other, 0) / 100.0::float8),
    'dwelling_grade', d.grade, 'tenure', coalesce(d.tenure, 'owned'),
    'floor_area', d.floor_area::float8,
    'single_parent', coalesce(c.single_parent, false),
    'only_child_lost', coalesce(c.only_child_lost, false),
    'property', coalesce(c.property_status, 'within'),
    'category', CASE WHEN r.category IN ('tekun', 'orphan', 'unsupported_child')
                THEN r.category END,
    'shocks', coalesce(shocks.list, '[]'), 'members', coalesce(members.list, '[]'),
    'aid', coalesce(aid.list, '[]'))::text
FROM registry_household h
LEFT JOIN registry_dwelling d ON d.household_id = h.id
LEFT JOIN registry_circumstances c ON c.household_id = h.id
LEFT JOIN LATERAL (
  SELECT greatest(sum(coalesce(verified_fen, declared_fen)), 0)::float8 AS fen
  FROM registry_income WHERE household_id = h.id) i ON true
LEFT JOIN LATERAL (
  SELECT (sum(amount_fen) FILTER (WHERE kind = 'medical'))::float8 AS medical,
    (sum(amount_fen) FILTER (WHERE kind = 'education'))::float8 AS education,
    (sum(amount_fen) FILTER (WHERE kind = 'rehabilitation'))::float8 AS rehabilitation,
    (sum(amount_fen) FILTER (WHERE kind = 'other'))::float8 AS other
  FROM registry_spending WHERE household_id = h.id) s ON true
LEFT JOIN LATERAL (
  SELECT category FROM registry_recognition WHERE household_id = h.id AND ended_date IS NULL
  ORDER BY array_position(ARRAY['tekun', 'orphan', 'unsupported_child', 'dibao'], category::text)
    NULLS LAST, category LIMIT 1) r ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('kind', kind, 'date', on_date,
    'loss', loss_fen / 100.0::float8, 'main_worker_died', main_worker_died) ORDER BY id) AS list
  FROM registry_shock WHERE household_id = h.id) shocks ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('born', p.born_date, 'illness', x.illness,
    'disability_kind', x.disability_kind, 'disability_grade', x.disability_grade,
    'student', x.student, 'employed', coalesce(x.employed, false),
    'unable_to_work', coalesce(x.unable_to_work, false),
    'marital', coalesce(x.marital, 'single'),
    'unsupported_child', coalesce(x.unsupported_child, false)) ORDER BY m.id) AS list
  FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
  LEFT JOIN registry_personfacts x ON x.person_id = p.id
  WHERE m.household_id = h.id AND m.ended_date IS NULL AND m.is_counted
    AND p.born_date <= %(on)s) members ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('type', e.type, 'continuing', e.is_continuing,
    'stopped', e.stopped_date, 'failed', e.is_failed,
    'promised', (CASE WHEN e.is_continuing
        AND (e.stopped_date IS NULL OR e.stopped_date >= %(on)s)
      THEN e.monthly_fen * greatest(12 - paid.months, 0)
      ELSE e.promised_fen END) / 100.0::float8,
    'payments', coalesce(paid.list, '[]')) ORDER BY e.id) AS list,
    json_agg(json_build_array(e.payer, e.is_discretionary) ORDER BY e.id)::text AS payers
  FROM ledger_entry e CROSS JOIN LATERAL (
    SELECT json_agg(json_build_array(f.paid_date, f.amount_fen / 100.0::float8)
        ORDER BY f.id) AS list,
      count(DISTINCT date_trunc('month', f.paid_date))
        FILTER (WHERE f.paid_date > %(on)s::date - 365) AS months
    FROM ledger_payment f WHERE f.entry_id = e.id AND f.paid_date <= %(on)s
      AND f.paid_date > %(on)s::date - 731) paid
  WHERE e.household_id = h.id AND e.is_counted AND e.started_date <= %(on)s) aid ON true
LEFT JOIN LATERAL (
  SELECT bool_or(true) AS recent FROM registry_householdchange
  WHERE household_id = h.id AND kind = 'household_split'
    AND on_date > %(on)s::date - 365 AND on_date <= %(on)s) split ON true
LEFT JOIN LATERAL (
  SELECT bool_or(true) AS others FROM registry_household o
  WHERE h.address <> '' AND o.area_code = h.area_code AND o.address = h.address
    AND o.id <> h.id AND o.closed_date IS NULL) shared ON true
WHERE h.closed_date IS NULL AND h.id = ANY(%(ids)s::bigint[]) ORDER BY h.id
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """A registered household as the rules read it, with what its stored score names."""

    household_id: int
    area_code: str
    facts_version: int
    reviewed: date
    category: str
    is_split: bool
    entry: Entry
    book: Rulebook


def gather_entries(ids: Sequence[int], on: date) -> list[Registered]:
    """Read some open households as of a day, by id; one without counted members is left out.

    One prepared query, and those of `rulebooks` when a policy has changed. Raises MissingPolicy
    without a standard.
    """
    with Cursor(connection.connection) as cursor:
        cursor.execute(_FACTS, {"on": on, "ids": list(ids)}, prepare=True)
        rows = cursor.fetchall()
    found = []
    for row in rows:
        facts = msgspec.json.decode(row[-1])
        if facts["members"]:
            found.append(_registered(row, facts, rulebook_of(row[-2], row[1], on), on))
    return found


def _registered(
    row: tuple[Any, ...], facts: dict[str, Any], book: Rulebook, on: date
) -> Registered:
    key, area_code, kind, version, reviewed, category, split, shared, accepted, payers, *_ = row
    facts["standard"] = book.standard(area_code, kind, on)
    facts["area_line"] = book.small
    return Registered(
        household_id=key,
        area_code=area_code,
        facts_version=version,
        reviewed=reviewed,
        category=category or "",
        is_split=bool(split or shared),
        entry=Entry(
            household=msgspec.convert(facts, Household),
            accepted=accepted,
            category=category,
            payers=tuple((payer, free) for payer, free in msgspec.json.decode(payers)),
        ),
        book=book,
    )
