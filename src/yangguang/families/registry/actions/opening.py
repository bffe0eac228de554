"""How every verb opens: inside the scope, on a locked household, seen as it stands now."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from yangguang.families.registry.models import Household, Membership, Person
from yangguang.families.registry.rules.membership import check_day
from yangguang.families.registry.rules.refusals import (
    ChangedMeanwhile,
    InvalidChange,
    NotFound,
    OutsideScope,
)
from yangguang.families.registry.rules.texts import check_length
from yangguang.foundation.audit.actions import record
from yangguang.foundation.walls.context import Actor

_GONE = "没有找到这户，可能不在您的辖区内。请核对户编号，或联系所属乡镇（街道）。"


def demand_scope(by: Actor, area_code: str) -> None:
    """Raise `OutsideScope` unless the area lies inside the actor's."""
    if not by.covers(area_code):
        raise OutsideScope("该村（居）不在您的辖区内。请由所属乡镇（街道）办理。")


def opened(household_id: int, *, by: Actor, expected_version: int | None = None) -> Household:
    """Lock an open household, raise its facts' version by one and mark it for rescoring.

    The mark is set first, so that the triggers of whatever follows find it and raise nothing more:
    one verb, one version. Raises `NotFound`, `OutsideScope`, `ChangedMeanwhile`, and
    `InvalidChange` when the household has left the register.
    """
    household = Household.objects.select_for_update().filter(pk=household_id).first()
    if household is None:
        raise NotFound(_GONE)
    demand_scope(by, household.area_id)
    if expected_version is not None and expected_version != household.facts_version:
        raise ChangedMeanwhile(expected_version, household.facts_version)
    if household.closed_date is not None:
        raise InvalidChange(f"该户已于{household.closed_date:%Y-%m-%d}退出登记，不能再改。")
    _mark(household)
    return household


def _mark(household: Household) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registry_mark (household_id, area_code) VALUES (%s, %s) "
            # Locked even when it stands, as the triggers do: see `registry.marking`.
            "ON CONFLICT (household_id) DO UPDATE SET area_code = excluded.area_code WHERE false",
            [household.pk, household.area_id],
        )
        cursor.execute(
            "UPDATE registry_household SET facts_version = facts_version + 1 WHERE id = %s "
            "RETURNING facts_version",
            [household.pk],
        )
        household.facts_version = cursor.fetchone()[0]


def current_members(household: Household) -> list[Membership]:
    """List the memberships that have not ended, the head first, in one query."""
    return sorted(
        household.memberships.filter(ended_date=None).select_related("person").order_by("id"),
        key=lambda membership: membership.person_id != household.head_id,
    )


def home_of(person_id: int) -> tuple[Person, int]:
    """Give a person and the household he or she belongs to now. Raises `NotFound`."""
    found = (
        Membership.objects.filter(person_id=person_id, ended_date=None)
        .select_related("person")
        .first()
    )
    if found is None:
        raise NotFound("没有找到此人现在的家庭。请刷新页面，或按姓名重新查找。")
    return found.person, found.household_id


def check_change_day(on: date, *, at: datetime, since: date | None = None) -> None:
    """Hold a day against today in Jinan and against the start of what is changed."""
    check_day(on, today=timezone.localdate(at), since=since)


def note(
    verb: str,
    household: Household,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    content: dict[str, object] | None = None,
) -> None:
    """Append the verb to the trail, under the household, in the running transaction."""
    check_length("reason", reason)
    record(
        f"registry.{verb}",
        kind="household",
        key=household.pk,
        area_code=household.area_id,
        by=by,
        at=at,
        reason=reason,
        content=content,
    )
