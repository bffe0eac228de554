"""Who acts, and over which area: the context without which PostgreSQL shows no family."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections, transaction

# One setting holds the scope; both bounds of every policy are derived from it. Two settings, one of
# them emptied by a RESET, would leave a range open at one end.
SCOPE = "yg.scope"
ACTOR = "yg.actor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts: kept as values, so that a record outlives the account.

    `scope` is an area-code prefix of 2, 4, 6, 9 or 12 digits; `id` is the account's key or 0 for
    the system itself.
    """

    id: int
    name: str
    role: str
    scope: str
    department: str = ""

    def covers(self, area_code: str) -> bool:
        """Tell whether a twelve-digit area code lies inside this actor's scope."""
        return bool(self.scope) and area_code.startswith(self.scope)


def system(scope: str) -> Actor:
    """Give the actor of tasks and commands that no person stands behind."""
    return Actor(id=0, name="系统", role="system", scope=scope)


def enter(actor: Actor, *, using: str = "default") -> None:
    """Set the context of the running transaction; it ends with the transaction.

    Raises `TransactionManagementError` outside a transaction, where the setting would leak into
    whatever the pooled connection serves next.
    """
    connection = connections[using]
    connection.validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a context needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true)",
            [SCOPE, actor.scope, ACTOR, f"{actor.id}:{actor.role}"],
        )


@contextmanager
def acting(actor: Actor, *, using: str = "default") -> Iterator[Actor]:
    """Open a transaction in which `actor` acts, and close it with the block."""
    with transaction.atomic(using=using):
        enter(actor, using=using)
        yield actor
