"""Committed data for tests with several connections, and its removal by the database's owner."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from pytest_django import DjangoDbBlocker

_TABLES = (
    "disbursement_instruction",
    "disbursement_batch",
    "ledger_payment",
    "ledger_entry",
    "plans_planline",
    "plans_plan",
    "index_score",
    "index_counter",
    "index_run",
    "registry_bankaccount",
    "registry_income",
    "registry_spending",
    "registry_shock",
    "registry_recognition",
    "registry_circumstances",
    "registry_dwelling",
    "registry_personfacts",
    "registry_membership",
    "registry_mark",
    "registry_household",
    "registry_person",
    "audit_link",
    "audit_shard",
    "audit_record",
)
_KEEPERS = (
    "ledger_payment",
    "plans_plan",
    "plans_planline",
    "disbursement_instruction",
    "audit_record",
    "audit_link",
)


@contextmanager
def committed(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test commit for real; afterwards the owner takes away what no other role may delete."""
    with blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()
            _clear()
            connections["owner"].close()


def _clear() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('yg.scope', '37', false)")
        for table in _KEEPERS:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("UPDATE registry_household SET closed_date = '2026-01-01', head_id = NULL")
        for table in _TABLES:
            cursor.execute(f"DELETE FROM {table}")
        for table in _KEEPERS:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
