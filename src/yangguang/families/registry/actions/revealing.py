"""Showing a masked value whole: once, for a reason, and with a record of it."""

from datetime import datetime

from django.db import transaction

from yangguang.families.registry.actions.opening import demand_scope, note
from yangguang.families.registry.models import Household, Membership, Reveal
from yangguang.families.registry.rules.refusals import NotFound
from yangguang.families.registry.rules.revealing import OF_PERSON, demand_reveal, reason_of
from yangguang.families.registry.types import Purpose, Secret
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import unseal


@transaction.atomic
def reveal(
    household_id: int,
    *,
    secret: Secret,
    purpose: Purpose,
    words: str,
    by: Actor,
    at: datetime,
    person_id: int | None = None,
) -> str:
    """Give a masked value whole; that it was shown, to whom and why is a row and a record.

    A number or a disease is a member's, current or former, whose `person_id` is given. Raises
    `NotPermitted`, `InvalidChange` without a sufficient reason, `OutsideScope`, and `NotFound` when
    nothing of the kind is on the register.
    """
    demand_reveal(by.role, secret)
    reason = reason_of(secret, purpose=purpose, words=words)
    household = Household.objects.filter(pk=household_id).first()
    if household is None:
        raise NotFound("没有找到这户，可能不在您的辖区内。请核对户编号。")
    demand_scope(by, household.area_id)
    owner = person_id if secret in OF_PERSON else None
    value = _value(household, secret, owner)
    if not value:
        raise NotFound(f"这里没有登记{secret.label}。请返回档案页核对。")
    Reveal.objects.create(
        household=household, area_code=household.area_id, person_id=owner, secret=secret,
        purpose=purpose, words=words.strip(), at=at, reader_id=by.id, reader_name=by.name,
        reader_role=by.role,
    )  # fmt: skip
    shown: dict[str, object] = {"secret": secret, "person": owner, "purpose": purpose}
    note("reveal", household, by=by, at=at, reason=reason, content=shown)
    return value


def _value(household: Household, secret: Secret, person_id: int | None) -> str:
    match secret:
        case Secret.PHONE:
            sealed, place = household.phone_sealed, f"household.phone.{household.pk}"
        case Secret.CARD:
            held = household.accounts.filter(ended_date=None).first()
            sealed, place = held.card_sealed if held else b"", f"bankaccount.card.{household.pk}"
        case Secret.NUMBER:
            person = _member(household, person_id).person
            sealed, place = person.number_sealed, f"person.number.{person_id}"
        case Secret.DISEASE:
            facts = getattr(_member(household, person_id).person, "facts", None)
            sealed = facts.illness_sealed if facts else b""
            place = f"personfacts.illness.{person_id}"
    return unseal(bytes(sealed), place=place)


def _member(household: Household, person_id: int | None) -> Membership:
    """Give somebody's membership, the latest. Raises `NotFound` for somebody else's member."""
    found = (
        household.memberships.filter(person=person_id)
        .select_related("person__facts")
        .order_by("-id")
        .first()
    )
    if found is None:
        raise NotFound("此人不是这户的成员。请刷新页面，或按姓名重新查找。")
    return found
