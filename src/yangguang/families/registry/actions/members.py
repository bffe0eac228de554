"""Members come and go; the household keeps a head or closes."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yangguang.families.registry.actions import rows
from yangguang.families.registry.actions.bulk import reserve_ids
from yangguang.families.registry.actions.numbering import (
    read_numbers,
    stands_elsewhere,
)
from yangguang.families.registry.actions.opening import (
    check_change_day,
    current_members,
    note,
    opened,
)
from yangguang.families.registry.models import (
    Household,
    HouseholdChange,
    Membership,
    Person,
    Recognition,
)
from yangguang.families.registry.rules.entries import MemberEntry
from yangguang.families.registry.rules.membership import (
    ADDING,
    ENDING,
    check_leaving,
    turned,
)
from yangguang.families.registry.rules.refusals import (
    AlreadyRegistered,
    InvalidChange,
    NewHeadNeeded,
)
from yangguang.families.registry.rules.texts import check_length
from yangguang.families.registry.types import (
    HouseholdChangeKind,
    MembershipEnd,
    MembershipStart,
    Relation,
)
from yangguang.foundation.walls.context import Actor

_TRIES = 5


@transaction.atomic
def add_member(
    household_id: int,
    *,
    member: MemberEntry,
    how: MembershipStart,
    on: date,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
) -> Membership:
    """Add somebody new to the register to a household: birth, marriage, adoption, moved in.

    A newborn without a number is lent a temporary one. Somebody already registered comes by
    `merge_households`, or after the old membership has ended by `readmit_member`. Raises
    `AlreadyRegistered`, `InvalidChange`, `ChangedMeanwhile`.
    """
    if how not in ADDING or member.relation == Relation.HEAD:
        raise InvalidChange("加入原因或与户主关系不对。分户、合户和户主变更请在相应页面办理。")
    household = opened(household_id, by=by, expected_version=expected_version)
    check_change_day(on, at=at)
    person = _enter_person(member, household)
    membership = Membership.objects.create(
        household=household,
        area_code=household.area_id,
        person_id=person,
        relation=member.relation,
        is_counted=member.is_counted,
        is_protected=member.is_protected,
        started_date=on,
        start_reason=how,
    )
    given: dict[str, object] = {"member": asdict(member), "how": how, "on": on}
    note("add_member", household, by=by, at=at, content=given)
    return membership


def _enter_person(member: MemberEntry, household: Household) -> int:
    (key,) = reserve_ids("registry_person", 1)
    area, who = household.area_id, member.person
    for attempt in range(1, _TRIES + 1):
        (read,) = read_numbers([who], [area], attempt=attempt)
        sheaf = rows.Sheaf()
        sheaf.add("person", rows.person_row(who.name, read, who.ethnic, key=key, area=area))
        sheaf.add("personfacts", rows.facts_row(member.facts, person=key, area=area))
        try:
            with transaction.atomic():
                sheaf.write()
            break
        except IntegrityError as error:
            if not stands_elsewhere(error):
                raise
            if who.number or attempt == _TRIES:
                raise AlreadyRegistered(who.name, None, 0) from error
    return key


@transaction.atomic
def readmit_member(
    household_id: int,
    *,
    person_id: int,
    relation: Relation,
    how: MembershipStart,
    on: date,
    by: Actor,
    at: datetime,
) -> Membership:
    """Take in somebody on the register who belongs to no household now, as after a release.

    Raises `InvalidChange` for the dead, for members of a household, and for a head.
    """
    household = opened(household_id, by=by)
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person.died_date or relation == Relation.HEAD or how not in ADDING:
        raise InvalidChange("此人不能这样加入。请核对人员、加入原因和与户主关系。")
    if person.memberships.filter(ended_date=None).exists():
        raise InvalidChange(f"{person.name}还是另一户的成员。请先办理退出，或办理合户。")
    check_change_day(on, at=at)
    membership = Membership.objects.create(
        household=household,
        area_code=household.area_id,
        person=person,
        relation=relation,
        started_date=on,
        start_reason=how,
    )
    given: dict[str, object] = {"person": person_id, "relation": relation, "how": how, "on": on}
    note("readmit_member", household, by=by, at=at, content=given)
    return membership


@transaction.atomic
def end_membership(
    household_id: int,
    *,
    person_id: int,
    how: MembershipEnd,
    on: date,
    by: Actor,
    at: datetime,
    new_head: int | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Let a member go: death, marriage, divorce, moved out, prison, missing, mistake.

    A death is kept on the person. When the head goes, `new_head` (a person's key) takes over and
    relations are turned to the new head. When the last one goes, the household closes. Raises
    `NewHeadNeeded`, `InvalidChange`, `ChangedMeanwhile`.
    """
    if how not in ENDING:
        raise InvalidChange("分户和合户请在相应页面办理。")
    household = opened(household_id, by=by, expected_version=expected_version)
    members = current_members(household)
    by_person = {membership.person_id: membership for membership in members}
    staying = check_leaving(
        [person_id], members=list(by_person), head=household.head_id or 0, new_head=new_head
    )
    check_change_day(on, at=at, since=by_person[person_id].started_date)
    if how == MembershipEnd.DEATH:
        Person.objects.filter(pk=person_id).update(died_date=on)
    if staying:
        if new_head is not None:
            install_head(household, members, new_head)
        leave(by_person[person_id], how=how, on=on)
    else:
        leave(by_person[person_id], how=how, on=on)
        shut(household, on=on, detail=how.label)
    given: dict[str, object] = {"person": person_id, "how": how, "on": on, "new_head": new_head}
    note("end_membership", household, by=by, at=at, reason=reason, content=given)
    return household


def leave(membership: Membership, *, how: MembershipEnd, on: date) -> None:
    """End one membership, inside a verb."""
    membership.ended_date, membership.end_reason = on, how
    membership.save(update_fields=["ended_date", "end_reason"])


def shut(household: Household, *, on: date, detail: str, other: int | None = None) -> None:
    """Close a household and end what it is recognised as and paid to, inside a verb."""
    check_length("reason", detail)
    Recognition.objects.filter(household=household, ended_date=None).update(
        ended_date=on, end_reason=detail
    )
    household.accounts.filter(ended_date=None).update(ended_date=on)
    household.closed_date = on
    household.save(update_fields=["closed_date"])
    log_change(household, HouseholdChangeKind.CLOSE, on=on, detail=detail, other=other)


def log_change(
    household: Household,
    kind: HouseholdChangeKind,
    *,
    on: date,
    detail: str = "",
    other: int | None = None,
) -> None:
    """Keep a change of the household as such, inside a verb."""
    check_length("reason", detail)
    HouseholdChange.objects.create(
        household=household,
        area_code=household.area_id,
        kind=kind,
        on_date=on,
        detail=detail,
        other_id=other,
    )


def install_head(household: Household, members: list[Membership], new_head: int) -> None:
    """Make another member the head and turn everybody's relation to him or her, inside a verb."""
    chosen = next((one for one in members if one.person_id == new_head), None)
    if chosen is None:
        raise NewHeadNeeded("所选新户主不是这户的现有成员。请重新指定。")
    was = Relation(chosen.relation)
    # The old head steps down first: the database allows one head at any moment.
    for one in sorted(members, key=lambda one: one.relation != Relation.HEAD):
        if one is not chosen:
            one.relation = turned(was, Relation(one.relation))
            one.save(update_fields=["relation"])
    chosen.relation = Relation.HEAD
    chosen.save(update_fields=["relation"])
    household.head_id = new_head
    household.save(update_fields=["head"])


@transaction.atomic
def correct_membership(
    household_id: int,
    *,
    person_id: int,
    relation: Relation,
    is_counted: bool,
    is_protected: bool,
    by: Actor,
    at: datetime,
    expected_version: int | None = None,
    reason: str = "",
) -> Household:
    """Correct what a member is to the head, whether counted (共同生活) and protected (保障对象).

    The head stays the head: another is made by `change_head`. Raises `InvalidChange`.
    """
    household = opened(household_id, by=by, expected_version=expected_version)
    membership = household.memberships.filter(person_id=person_id, ended_date=None).first()
    if membership is None:
        raise InvalidChange("所选人员不是这户的现有成员。请刷新页面后重新选择。")
    if (relation == Relation.HEAD) != (membership.relation == Relation.HEAD):
        raise InvalidChange("更换户主请办理户主变更。")
    membership.relation, membership.is_counted = relation, is_counted
    membership.is_protected = is_protected
    membership.save(update_fields=["relation", "is_counted", "is_protected"])
    given: dict[str, object] = {"person": person_id, "relation": relation,
                                "counted": is_counted, "protected": is_protected}  # fmt: skip
    note("correct_membership", household, by=by, at=at, reason=reason, content=given)
    return household
