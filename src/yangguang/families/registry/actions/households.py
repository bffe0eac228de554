"""Changes of the household as such: split, merged, another head, moved, closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from yangguang.families.registry.actions.bulk import reserve_serials
from yangguang.families.registry.actions.members import install_head, leave, log_change, shut
from yangguang.families.registry.actions.opening import (
    check_change_day,
    current_members,
    demand_scope,
    note,
    opened,
)
from yangguang.families.registry.models import Household, Membership
from yangguang.families.registry.rules.membership import check_leaving, check_split
from yangguang.families.registry.rules.numbers import household_number
from yangguang.families.registry.rules.refusals import InvalidChange
from yangguang.families.registry.rules.texts import check_length
from yangguang.families.registry.types import (
    HouseholdChangeKind,
    MembershipEnd,
    MembershipStart,
    RegisterType,
    Relation,
)
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def split_household(
    household_id: int,
    *,
    leaving: Mapping[int, Relation],
    head_of_new: int,
    on: date,
    by: Actor,
    at: datetime,
    new_head: int | None = None,
    area_code: str = "",
    address: str = "",
    register_type: RegisterType | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Let some members found a household of their own (分户) and give it.

    `leaving` maps persons to their relation to `head_of_new`, whose own entry is ignored;
    `new_head` takes over the old household when its head leaves. The new household has members and
    their facts only: its dwelling, incomes and spendings are surveyed anew. Raises `NewHeadNeeded`,
    `InvalidChange`, `ChangedMeanwhile`, `OutsideScope`.
    """
    old = opened(household_id, by=by, expected_version=expected_version)
    demand_scope(by, area_code or old.area_id)
    members = current_members(old)
    ids = [one.person_id for one in members]
    check_split(list(leaving), members=ids, head_of_new=head_of_new)
    check_leaving(leaving, members=ids, head=old.head_id or 0, new_head=new_head)
    since = max(one.started_date for one in members if one.person_id in leaving)
    check_change_day(on, at=at, since=since)
    if new_head is not None:
        install_head(old, members, new_head)
    for one in members:
        if one.person_id in leaving:
            leave(one, how=MembershipEnd.SPLIT, on=on)
    new = _found(old, head=head_of_new, area=area_code, address=address,
                 register_type=register_type, at=at)  # fmt: skip
    relations = {**leaving, head_of_new: Relation.HEAD}
    _join(new, [(one, relations[one.person_id]) for one in members if one.person_id in leaving],
          how=MembershipStart.SPLIT, on=on)  # fmt: skip
    log_change(old, HouseholdChangeKind.SPLIT, on=on, other=new.pk, detail=reason)
    log_change(new, HouseholdChangeKind.SPLIT, on=on, other=old.pk, detail=reason)
    given: dict[str, object] = {"leaving": dict(leaving), "new": new.pk, "on": on}
    for household in (old, new):
        note("split_household", household, by=by, at=at, reason=reason, content=given)
    return new


def _found(
    old: Household,
    *,
    head: int,
    area: str,
    address: str,
    register_type: RegisterType | None,
    at: datetime,
) -> Household:
    check_length("address", address)
    (serial,) = reserve_serials(1)
    area = area or old.area_id
    return Household.objects.create(
        number=household_number(area, serial),
        area_id=area,
        register_area_code=old.register_area_code,
        register_type=register_type or old.register_type,
        head_id=head,
        address=address or old.address,
        register_address=old.register_address,
        group_name=old.group_name,
        registered_at=at,
    )


def _join(
    household: Household,
    members: Sequence[tuple[Membership, Relation]],
    *,
    how: MembershipStart,
    on: date,
) -> None:
    Membership.objects.bulk_create(
        [
            Membership(
                household=household,
                area_code=household.area_id,
                person_id=one.person_id,
                relation=relation,
                is_counted=one.is_counted,
                is_protected=one.is_protected,
                started_date=on,
                start_reason=how,
            )
            for one, relation in members
        ]
    )


@transaction.atomic
def merge_households(
    household_id: int,
    *,
    other_id: int,
    relations: Mapping[int, Relation],
    on: date,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Bring the members of `other_id` into a household (合户); the other household closes.

    `relations` says what each newcomer is to the head who stays; 其他关系 for those not named.
    Both households have to lie inside the actor's scope. Raises `InvalidChange`, `OutsideScope`.
    """
    if household_id == other_id:
        raise InvalidChange("所选是同一户。请选择要并入的另一户。")
    if Relation.HEAD in relations.values():
        raise InvalidChange("并入的成员不能是户主。合户后如要更换户主，请办理户主变更。")
    first, second = sorted((household_id, other_id))  # one order for all, so that no two wait
    locked = {
        key: opened(key, by=by, expected_version=expected_version if key == household_id else None)
        for key in (first, second)
    }
    household, other = locked[household_id], locked[other_id]
    comers = current_members(other)
    check_change_day(on, at=at, since=max(one.started_date for one in comers))
    for one in comers:
        leave(one, how=MembershipEnd.MERGED, on=on)
    shut(other, on=on, detail="合户", other=household.pk)
    _join(household, [(one, relations.get(one.person_id, Relation.OTHER)) for one in comers],
          how=MembershipStart.MERGED, on=on)  # fmt: skip
    log_change(household, HouseholdChangeKind.MERGE, on=on, other=other.pk, detail=reason)
    given: dict[str, object] = {"from": other.pk, "relations": dict(relations), "on": on}
    for one_household in (household, other):
        note("merge_households", one_household, by=by, at=at, reason=reason, content=given)
    return household


@transaction.atomic
def change_head(
    household_id: int,
    *,
    new_head: int,
    on: date,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Make another member the head (户主变更); relations are turned to the new head.

    What cannot be told from the old words alone becomes 其他关系, to be corrected by
    `correct_membership`. Raises `NewHeadNeeded`, `InvalidChange`, `ChangedMeanwhile`.
    """
    household = opened(household_id, by=by, expected_version=expected_version)
    if new_head == household.head_id:
        raise InvalidChange("所选人员已经是户主。")
    check_change_day(on, at=at)
    install_head(household, current_members(household), new_head)
    log_change(household, HouseholdChangeKind.HEAD, on=on, detail=reason)
    note("change_head", household, by=by, at=at, reason=reason, content={"new_head": new_head})
    return household


@transaction.atomic
def move_household(
    household_id: int,
    *,
    area_code: str,
    address: str,
    on: date,
    by: Actor,
    at: datetime,
    register_stays: bool = False,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Move a household to another village of the actor's scope; all its rows move with it.

    With `register_stays` the register remains where it was (人户分离). The number never changes.
    Raises `OutsideScope`, `InvalidChange`, `ChangedMeanwhile`.
    """
    household = opened(household_id, by=by, expected_version=expected_version)
    demand_scope(by, area_code)
    if area_code == household.area_id:
        raise InvalidChange("迁入地和现居住地相同。请重新选择村（居），或只更正地址。")
    check_change_day(on, at=at)
    check_length("address", address)
    left = household.area_id
    if register_stays and not household.register_area_code:
        household.register_area_code = left
        household.register_address = household.register_address or household.address
    elif not register_stays:
        household.register_area_code = ""
    household.area_id, household.address = area_code, address
    household.save(update_fields=["area", "address", "register_area_code", "register_address"])
    log_change(household, HouseholdChangeKind.MOVE, on=on, detail=f"由{left}迁入")
    given: dict[str, object] = {"from": left, "to": area_code, "register_stays": register_stays}
    note("move_household", household, by=by, at=at, reason=reason, content=given)
    return household


@transaction.atomic
def close_household(
    household_id: int,
    *,
    reason: str,
    on: date,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Household:
    """Take a household off the register; its recognitions and its card end with it.

    Its members belong to no household from then on and may be taken in elsewhere. Raises
    `InvalidChange` without a reason.
    """
    if not reason.strip():
        raise InvalidChange("退出登记须写明理由。请填写理由后再提交。")
    household = opened(household_id, by=by, expected_version=expected_version)
    check_change_day(on, at=at)
    for one in current_members(household):
        leave(one, how=MembershipEnd.MOVED_OUT, on=max(on, one.started_date))
    shut(household, on=on, detail=reason)
    note("close_household", household, by=by, at=at, reason=reason, content={"on": on})
    return household
