"""Loading policy files into dated versions, and adding what an administrator enters."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from yangguang.foundation.audit.actions import record
from yangguang.foundation.catalogue.models import Policy
from yangguang.foundation.catalogue.rules.changes import Step, step
from yangguang.foundation.catalogue.rules.files import (
    POLICIES,
    policies_of,
    read_calendar,
    read_policy,
)
from yangguang.foundation.catalogue.types import PolicyVersion
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor


class CalendarYearExists(Refusal):
    """The working calendar of that year is already there."""


class PolicyExists(Refusal):
    """A version of the same policy with the same start is already there."""


@transaction.atomic
def load_shipped_policies(*, at: datetime) -> int:
    """Load the shipped policy files that are not loaded yet, and give how many were taken.

    Nobody stands behind it: the rows keep their digest and the moment of loading. Raises
    PolicyFileError, CalendarError, PolicyChanged; then nothing is loaded.
    """
    return load_policies(POLICIES, at=at)


@transaction.atomic
def load_policies(folder: Path, *, at: datetime) -> int:
    """Load the policy files of a folder laid out like the shipped one, all or nothing.

    A version that is there already is kept; one not yet in force may be replaced, of one in force
    only the end may be set. Raises PolicyFileError, CalendarError, PolicyChanged.
    """
    return _load(policies_of(folder), at)


@transaction.atomic
def add_policy(text: str, *, source: str, by: Actor, at: datetime) -> PolicyVersion:
    """Add one version from the text of its file; what is already there is refused.

    Raises PolicyFileError, PolicyExists.
    """
    version = read_policy(text, source)
    _add(
        version,
        by,
        at,
        PolicyExists(
            f"“{version.title}”（{version.valid_from}起施行）已经有了。"
            "如政策有变，请另写一个施行日期更晚的版本。"
        ),
    )
    return version


@transaction.atomic
def add_calendar(text: str, *, source: str, by: Actor, at: datetime) -> int:
    """Add the working calendar of one more year from the text of its file, and give the year.

    Raises CalendarError, CalendarYearExists.
    """
    version = read_calendar(text, source)
    _add(
        version,
        by,
        at,
        CalendarYearExists(
            f"{version.key}年的工作日历已经有了，不能重复增补。如需核对，请在政策库查看该年日历。"
        ),
    )
    return int(version.key)


def _add(version: PolicyVersion, by: Actor, at: datetime, refusal: Refusal) -> None:
    _, is_new = Policy.objects.get_or_create(
        kind=version.kind,
        key=version.key,
        area_code=version.area_code,
        valid_from=version.valid_from,
        defaults=_rest(version, at),
    )
    if not is_new:
        raise refusal
    record(
        f"catalogue.add_{version.kind}",
        kind="policy",
        key=f"{version.kind}/{version.key}/{version.valid_from}",
        # The nation's policies stand in the trail of whoever entered them.
        area_code=(version.area_code or by.scope).ljust(12, "0"),
        by=by,
        at=at,
        ground=version.reference[:200],
        content={"digest": version.digest},
    )


def _load(versions: Iterable[PolicyVersion], at: datetime) -> int:
    held = {row.version.identity: row for row in Policy.objects.all()}
    on = timezone.localdate(at)
    taken: list[Policy] = []
    for version in versions:
        row = held.get(version.identity)
        match step(row.version if row else None, version, on):
            case Step.ADD:
                taken.append(_row(version, at))
            case Step.REPLACE if row:
                row.delete()
                taken.append(_row(version, at))
            case Step.END if row:
                row.valid_until = version.valid_until
                row.save(update_fields=["valid_until"])
    # Two commands may start at once: the second waits for the first and then adds nothing.
    Policy.objects.bulk_create(taken, ignore_conflicts=True)
    return len(taken)


def _row(version: PolicyVersion, at: datetime) -> Policy:
    return Policy(
        kind=version.kind,
        key=version.key,
        area_code=version.area_code,
        valid_from=version.valid_from,
        **_rest(version, at),
    )


def _rest(version: PolicyVersion, at: datetime) -> dict[str, object]:
    return {
        "valid_until": version.valid_until,
        "title": version.title,
        "reference": version.reference,
        "sample": version.sample,
        "digest": version.digest,
        "content": dict(version.content),
        "loaded_at": at,
    }
