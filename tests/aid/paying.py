"""A small place where money is planned and paid: its people, its families, its ranking."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from yangguang.aid.index.models import Score
from yangguang.aid.plans.actions import approve, draw_plan, submit
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.rules import Amount
from yangguang.aid.plans.types import AmountRule
from yangguang.families.registry.models import (
    BankAccount,
    Household,
    Membership,
    Person,
    Spending,
)
from yangguang.families.registry.types import (
    MembershipStart,
    RegisterType,
    Relation,
    Sex,
    Source,
    SpendingKind,
)
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.sealing import blind, seal

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ON = date(2026, 11, 24)
COUNTY = "370112000000"
ITEM = "mz-temporary-spending"
HOLIDAY = "mz-holiday"

PLANNER = Actor(id=9001, name="方案员", role="county_planner", scope="370112")
APPROVER = Actor(id=9002, name="审批员", role="county_approver", scope="370112")
ANOTHER = Actor(id=9003, name="另一审批员", role="county_approver", scope="370112")
REVIEWER = Actor(id=9004, name="审核员", role="township_reviewer", scope="370112")

HUNDRED = Amount(AmountRule.FIXED, 10_000)


def villages(prefix: str = "370112", count: int = 3) -> list[str]:
    """Give the first villages of an area."""
    found = Area.objects.within(prefix).filter(level=Level.VILLAGE).order_by("code")
    return list(found.values_list("code", flat=True)[:count])


def families(
    count: int,
    *,
    start: int = 1,
    members: Sequence[int] = (1,),
    medical_fen: Sequence[int] = (),
    without_account: Sequence[int] = (),
    names: Sequence[str] = ("王秀英",),
    village_codes: Sequence[str] = (),
) -> list[Household]:
    """Register families, neediest first: the first has the highest index, each later one less.

    `without_account` are places in the list, from 0.
    """
    places = village_codes or villages()
    made = []
    for i in range(count):
        family = _family(start + i, places[i % len(places)], names[i % len(names)])
        _rank(family, start + i, members[i % len(members)], medical=bool(medical_fen))
        if medical_fen:
            _spends(family, medical_fen[i % len(medical_fen)])
        if i not in without_account:
            give_account(family)
        made.append(family)
    return made


def _family(n: int, village: str, name: str) -> Household:
    text = f"990112{1950 + n % 50}0101{n:04}"[:18]
    person = Person.objects.create(
        area_code=village,
        name=name,
        number_kind="resident",
        number_sealed=b"",
        number_blind=blind(f"paying {n}"),
        sex=Sex.FEMALE,
        born_date=date(1950 + n % 50, 1, 1),
    )
    person.number_sealed = seal(text, place=f"person.number.{person.pk}")
    person.save(update_fields=["number_sealed"])
    family = Household.objects.create(
        number=f"JT{n:06}",
        area_id=village,
        register_type=RegisterType.RURAL,
        head=person,
        registered_at=AT,
    )
    Membership.objects.create(
        household=family,
        area_code=village,
        person=person,
        relation=Relation.HEAD,
        started_date=date(2020, 1, 1),
        start_reason=MembershipStart.REGISTERED,
    )
    return family


def give_account(family: Household, *, start: str = "62284800") -> None:
    """Open the family's account, as the village reports it; `start` are the card's first digits."""
    card = f"{start}{family.pk:08}"
    BankAccount.objects.create(
        household=family,
        area_code=family.area_id,
        holder=family.head,
        bank="农业银行",
        card_sealed=seal(card, place=f"bankaccount.card.{family.pk}"),
        card_blind=blind(card),
        started_date=date(2020, 1, 1),
    )


def _rank(family: Household, n: int, members: int, *, medical: bool) -> None:
    value = round(90 - n / 100, 9)
    Score.objects.create(
        household=family,
        area_code=family.area_id,
        points=[0.0] * 9,
        types=[value if medical and kind is AidType.MEDICAL else 0.0 for kind in AidType],
        deprived=3,
        extent=3.0,
        hardship=value,
        received=0.0,
        need=10_000.0,
        assistance=value,
        left=100.0,
        band=1 if n % 2 else 2,
        members=members,
        order_key=f"{n:08}",
        model_version="sample",
        facts_version=1,
        on_date=ON,
    )


def _spends(family: Household, fen: int) -> None:
    Spending.objects.create(
        household=family,
        area_code=family.area_id,
        source=Source.DECLARED,
        as_of_date=ON,
        kind=SpendingKind.MEDICAL,
        amount_fen=fen,
    )


def drawn(budget_fen: int, *, amount: Amount = HUNDRED, title: str = "冬季救助") -> Plan:
    """Draw a plan of the county as its planner."""
    return draw_plan(
        ITEM,
        area_code=COUNTY,
        type=None,
        amount=amount,
        budget_fen=budget_fen,
        title=title,
        by=PLANNER,
        at=AT,
    )


def approved(budget_fen: int, *, title: str = "冬季救助") -> Plan:
    """Draw, submit and approve a plan by two people."""
    plan = drawn(budget_fen, title=title)
    submit(plan.pk, by=PLANNER, at=AT)
    return approve(plan.pk, by=APPROVER, at=AT)
