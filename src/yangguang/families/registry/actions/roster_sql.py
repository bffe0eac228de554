"""The statements that take a staged roster into the e-file, in the order in which they run.

Facts go in before the person and household they hang on, all constraints deferred: the triggers
that mark a changed household then have nothing to look up, and the household marks itself once.
"""

from typing import Final

FAMILY_TYPES: Final = {
    "household_id": "bigint", "household": "text", "area_code": "text", "state": "text",
    "register_type_code": "text", "address": "text", "phone_sealed": "bytea", "head_id": "bigint",
    "income_fen": "bigint", "medical_fen": "bigint", "education_fen": "bigint", "tenure": "text",
    "safety": "text", "category_code": "text", "monthly_fen": "bigint", "bank": "text",
    "with_card": "boolean", "card_sealed": "bytea", "card_blind": "bytea", "causes_codes": "text",
    "decided_date": "date", "document": "text", "review_date": "date", "recognition_id": "bigint",
    "self_change": "boolean", "income_change": "boolean", "medical_change": "boolean",
    "education_change": "boolean", "dwelling_change": "boolean", "causes_change": "boolean",
    "recognition_new": "boolean", "recognition_change": "boolean", "card_new": "boolean",
}  # fmt: skip
PERSON_TYPES: Final = {
    "row": "bigint", "person_id": "bigint", "household_id": "bigint", "area_code": "text",
    "name": "text", "pinyin": "text", "initials": "text", "number_kind": "text",
    "number_sealed": "bytea", "number_blind": "bytea", "sex": "text", "born_date": "date",
    "ethnic": "text", "relation": "text", "marital": "text", "occupation": "text",
    "employed": "boolean", "illness": "text", "illness_sealed": "bytea", "disability_kind": "text",
    "disability_grade": "smallint", "student": "text", "unsupported_child": "boolean",
    "is_new": "boolean", "is_new_member": "boolean", "facts_new": "boolean",
    "facts_change": "boolean",
}  # fmt: skip

# Each statement takes %(on)s, the day as of which the facts count, and %(at)s, the moment.
STATEMENTS: Final = (
    # A person's facts, new or changed.
    """
    INSERT INTO registry_personfacts (person_id, area_code, source, as_of_date, illness,
      illness_sealed, disability_kind, disability_grade, disability_card, student, school,
      occupation, employed, employer, monthly_income_fen, unable_to_work, marital,
      unsupported_child, special)
    SELECT person_id, area_code, 'imported', %(on)s, illness, illness_sealed, disability_kind,
      disability_grade, disability_kind IS NOT NULL, student, '', occupation, employed, '', 0,
      false, marital, unsupported_child, ''
    FROM roster_person WHERE facts_new
    """,
    """
    UPDATE registry_personfacts f SET source = 'imported', as_of_date = %(on)s,
      illness = s.illness, illness_sealed = s.illness_sealed, disability_kind = s.disability_kind,
      disability_grade = s.disability_grade, disability_card = s.disability_kind IS NOT NULL,
      student = s.student, occupation = s.occupation, employed = s.employed, marital = s.marital
    FROM roster_person s WHERE s.facts_change AND f.person_id = s.person_id
    """,
    # What the household earns, spends, lives in and suffers from.
    """
    INSERT INTO registry_income (household_id, area_code, source, as_of_date, kind, declared_fen)
    SELECT household_id, area_code, 'imported', %(on)s, 'other_income', income_fen
    FROM roster_family WHERE income_fen IS NOT NULL AND (state = 'new' OR income_change)
    ON CONFLICT (household_id, kind) DO UPDATE SET declared_fen = excluded.declared_fen,
      source = excluded.source, as_of_date = excluded.as_of_date
    """,
    """
    INSERT INTO registry_spending (household_id, area_code, source, as_of_date, kind, amount_fen)
    SELECT household_id, area_code, 'imported', %(on)s, kind, fen
    FROM roster_family, LATERAL (VALUES
      ('medical', medical_fen, medical_change), ('education', education_fen, education_change))
      AS told (kind, fen, is_changed)
    WHERE fen IS NOT NULL AND (state = 'new' AND fen > 0 OR is_changed)
    ON CONFLICT (household_id, kind) DO UPDATE SET amount_fen = excluded.amount_fen,
      source = excluded.source, as_of_date = excluded.as_of_date
    """,
    """
    INSERT INTO registry_dwelling (household_id, area_code, source, as_of_date, tenure, grade,
      finish)
    SELECT household_id, area_code, 'imported', %(on)s, tenure, safety, ''
    FROM roster_family WHERE tenure IS NOT NULL AND (state = 'new' OR dwelling_change)
    ON CONFLICT (household_id) DO UPDATE SET tenure = excluded.tenure,
      grade = CASE WHEN excluded.tenure = 'none' THEN NULL
              ELSE coalesce(excluded.grade, registry_dwelling.grade) END,
      source = excluded.source, as_of_date = excluded.as_of_date
    """,
    """
    INSERT INTO registry_circumstances (household_id, area_code, source, as_of_date, single_parent,
      only_child_lost, property_status, causes, cadre_relative, utilities_fen, phone_fen, livestock,
      farm_machines, land_mu, note, reviewed_date)
    SELECT household_id, area_code, 'imported', %(on)s, false, false, 'within',
      coalesce(string_to_array(causes_codes, ','), '{}'), false, 0, 0, '', '', 0, '',
      coalesce(decided_date, %(on)s)
    FROM roster_family WHERE state = 'new' OR causes_change
    ON CONFLICT (household_id) DO UPDATE SET causes = excluded.causes,
      source = excluded.source, as_of_date = excluded.as_of_date
    """,
    # What it is recognised as: 存量, in force before the system came.
    """
    INSERT INTO registry_recognition (household_id, area_code, category, decided_date,
      document_number, monthly_fen, next_review_date, is_legacy, started_date, end_reason)
    SELECT household_id, area_code, category_code, decided_date, coalesce(document, ''),
      coalesce(monthly_fen, 0), review_date, true, coalesce(decided_date, %(on)s), ''
    FROM roster_family WHERE category_code IS NOT NULL AND (state = 'new' OR recognition_new)
    """,
    """
    UPDATE registry_recognition r SET decided_date = coalesce(s.decided_date, r.decided_date),
      document_number = coalesce(s.document, r.document_number),
      monthly_fen = coalesce(s.monthly_fen, r.monthly_fen),
      next_review_date = coalesce(s.review_date, r.next_review_date)
    FROM roster_family s WHERE s.recognition_change AND r.id = s.recognition_id
    """,
    """
    INSERT INTO registry_bankaccount (household_id, area_code, holder_id, bank, card_sealed,
      card_blind, started_date)
    SELECT household_id, area_code, head_id, bank, card_sealed, card_blind, %(on)s
    FROM roster_family WHERE with_card
    """,
    """
    INSERT INTO registry_membership (household_id, area_code, person_id, relation, is_counted,
      is_protected, started_date, start_reason, end_reason)
    SELECT household_id, area_code, person_id, relation, true, true, %(on)s, 'registered', ''
    FROM roster_person WHERE is_new_member
    """,
    """
    INSERT INTO registry_person (id, area_code, name, pinyin, initials, number_kind, number_sealed,
      number_blind, sex, born_date, ethnic)
    SELECT person_id, area_code, name, pinyin, initials, number_kind, number_sealed, number_blind,
      sex, born_date, ethnic
    FROM roster_person WHERE is_new
    ON CONFLICT (number_blind) DO NOTHING
    """,
    """
    INSERT INTO registry_household (id, number, area_code, register_area_code, register_type,
      head_id, address, register_address, group_name, phone_sealed, registered_at, facts_version)
    SELECT household_id, household, area_code, '', register_type_code, head_id,
      coalesce(address, ''), '', '', phone_sealed, %(at)s, 1
    FROM roster_family WHERE state = 'new'
    ON CONFLICT (number) DO NOTHING
    """,
    """
    UPDATE registry_household h SET address = coalesce(s.address, h.address),
      register_type = s.register_type_code,
      phone_sealed = CASE WHEN s.phone_sealed = '' THEN h.phone_sealed ELSE s.phone_sealed END
    FROM roster_family s WHERE s.self_change AND h.id = s.household_id
    """,
)

# Rows that an act beyond the actor's sight, or one a moment ago, has kept out.
PERSONS_KEPT_OUT: Final = """
SELECT s.row FROM roster_person s LEFT JOIN registry_person p ON p.id = s.person_id
WHERE s.is_new AND p.id IS NULL ORDER BY s.row
"""
HOUSEHOLDS_KEPT_OUT: Final = """
SELECT s.household FROM roster_family s LEFT JOIN registry_household h ON h.id = s.household_id
WHERE h.id IS NULL ORDER BY s.household
"""
