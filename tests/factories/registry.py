"""Families with traits named as situations.

`HouseholdFactory(widow_with_student=True)` registers a family and gives its row; it needs a
context that covers the village. `HouseholdEntryFactory` gives what a form hands in, without a
database. Numbers are of 3799, a code that was never issued.
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import factory

from yangguang.families.registry import models
from yangguang.families.registry.actions.register import register_household
from yangguang.families.registry.rules import entries
from yangguang.families.registry.types import (
    AssetKind,
    Category,
    Cause,
    DisabilityKind,
    DwellingGrade,
    Illness,
    IncomeClass,
    Marital,
    Occupation,
    PhotoKind,
    RegisterType,
    Relation,
    Sex,
    ShockKind,
    Source,
    SpendingKind,
    Student,
    Tenure,
)
from yangguang.foundation.kernel.identity import check_digit
from yangguang.foundation.walls.context import system

VILLAGE = "370112001001"
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
AS_OF = date(2026, 11, 1)
STAMP = entries.Stamp(Source.DECLARED, AS_OF)

_serials = count(1)


def identity(born: date, sex: Sex = Sex.MALE, serial: int | None = None) -> str:
    """Make a right number of a code that was never issued; the serial counts over areas too."""
    place, run = divmod(next(_serials) if serial is None else serial, 499)
    digits = f"3799{place % 100:02d}{born:%Y%m%d}{2 * run + (sex == Sex.MALE):03d}"
    return digits + check_digit(digits)


def person_facts(**given: Any) -> entries.PersonFactsEntry:
    """Give a healthy, unmarried, flexibly employed person's facts, but for what is given."""
    usual = {"stamp": STAMP, "occupation": Occupation.FLEXIBLE, "marital": Marital.SINGLE}
    return entries.PersonFactsEntry(**{**usual, **given})


def member(
    name: str = "王秀英",
    relation: Relation = Relation.HEAD,
    *,
    born: date = date(1980, 5, 1),
    sex: Sex = Sex.FEMALE,
    number: str | None = None,
    **facts: Any,
) -> entries.MemberEntry:
    """Give a member with a fresh number; `number=""` is somebody without one."""
    number = identity(born, sex) if number is None else number
    person = entries.PersonEntry(name=name, number=number, sex=sex, born=born)
    return entries.MemberEntry(person=person, relation=relation, facts=person_facts(**facts))


class HouseholdEntryFactory(factory.Factory):
    """What a form hands in about one woman living alone, or the situation that a trait names."""

    class Meta:
        model = entries.HouseholdEntry

    class Params:
        """Situations."""

        couple_with_child = factory.Trait(
            members=factory.LazyFunction(
                lambda: (
                    member("张建国", born=date(1982, 3, 1), sex=Sex.MALE, marital=Marital.MARRIED),
                    member("李桂兰", Relation.SPOUSE, marital=Marital.MARRIED),
                    member("张小强", Relation.CHILD, born=date(2012, 9, 1), sex=Sex.MALE,
                           occupation=Occupation.MINOR, student=Student.COMPULSORY),
                )
            )
        )  # fmt: skip
        widow_with_student = factory.Trait(
            members=factory.LazyFunction(
                lambda: (
                    member("单秀英", marital=Marital.WIDOWED),
                    member("赵磊", Relation.CHILD, born=date(2009, 2, 1), sex=Sex.MALE,
                           occupation=Occupation.MINOR, student=Student.UPPER),
                )
            )
        )  # fmt: skip
        elder_alone = factory.Trait(
            members=factory.LazyFunction(
                lambda: (
                    member("曾玉珍", born=date(1941, 1, 2), marital=Marital.WIDOWED,
                           occupation=Occupation.ELDERLY, illness=Illness.CHRONIC),
                )
            )
        )  # fmt: skip
        severely_disabled = factory.Trait(
            members=factory.LazyFunction(
                lambda: (
                    member("仇志刚", sex=Sex.MALE, disability_kind=DisabilityKind.PHYSICAL,
                           disability_grade=1, disability_card=True,
                           occupation=Occupation.UNEMPLOYABLE),
                )
            )
        )  # fmt: skip
        in_a_dangerous_house = factory.Trait(
            dwelling=entries.DwellingEntry(
                stamp=STAMP, tenure=Tenure.OWNED, grade=DwellingGrade.D, rooms=2
            )
        )
        on_dibao = factory.Trait(
            recognitions=(
                entries.RecognitionEntry(
                    category=Category.DIBAO, started=date(2025, 1, 1), monthly_fen=88_400
                ),
            )
        )
        with_card = factory.Trait(
            account=entries.AccountEntry(
                bank="济南农商银行", card="6223190000000000012", started=AS_OF
            )
        )
        flooded = factory.Trait(
            shocks=(
                entries.ShockEntry(
                    stamp=STAMP, kind=ShockKind.DISASTER, on=date(2026, 8, 1), loss_fen=2_000_000
                ),
            )
        )

    area_code = VILLAGE
    register_type = RegisterType.RURAL
    members = factory.LazyFunction(lambda: (member(),))
    dwelling = entries.DwellingEntry(stamp=STAMP, tenure=Tenure.OWNED)
    circumstances = entries.CircumstancesEntry(stamp=STAMP, reviewed=AS_OF, causes=(Cause.ILLNESS,))
    incomes = (entries.IncomeEntry(stamp=STAMP, kind=IncomeClass.WAGES, declared_fen=1_200_000),)
    spendings = (entries.SpendingEntry(stamp=STAMP, kind=SpendingKind.MEDICAL, amount_fen=300_000),)
    address = "幸福路12号"
    phone = "13805310000"


class HouseholdFactory(factory.django.DjangoModelFactory):
    """A registered household: the entry of `HouseholdEntryFactory`, entered by the verb."""

    class Meta:
        model = models.Household

    @classmethod
    def _create(cls, model_class: type, *args: Any, **given: Any) -> models.Household:
        at, by = given.pop("at", AT), given.pop("by", None)
        entry = HouseholdEntryFactory(**given)
        return register_household(entry, by=by or system(entry.area_code), at=at)


class _OfHousehold(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    household = factory.SubFactory(HouseholdFactory)
    area_code = factory.LazyAttribute(lambda row: row.household.area_id)


class _FactOf(_OfHousehold):
    class Meta:
        abstract = True

    source = Source.VISITED
    as_of_date = AS_OF


class ShockFactory(_FactOf):
    """A flood."""

    class Meta:
        model = models.Shock

    kind = ShockKind.DISASTER
    on_date = date(2026, 8, 1)
    loss_fen = 500_000


class AssetFactory(_FactOf):
    """Savings."""

    class Meta:
        model = models.Asset

    kind = AssetKind.DEPOSIT
    value_fen = 1_000_000


class SupporterFactory(_FactOf):
    """A married daughter elsewhere."""

    class Meta:
        model = models.Supporter

    name = "王丽"
    relation = "女儿"


class IncomeFactory(_FactOf):
    """Income from business."""

    class Meta:
        model = models.Income

    kind = IncomeClass.BUSINESS
    declared_fen = 100_000


class SpendingFactory(_FactOf):
    """Spending on education."""

    class Meta:
        model = models.Spending

    kind = SpendingKind.EDUCATION
    amount_fen = 100_000


class RecognitionFactory(_OfHousehold):
    """低保 in force."""

    class Meta:
        model = models.Recognition

    category = Category.DIBAO
    started_date = date(2025, 1, 1)
    monthly_fen = 50_000


class PhotoFactory(_OfHousehold):
    """A picture of the home; give `image`."""

    class Meta:
        model = models.Photo

    kind = PhotoKind.HOUSE
    taken_at = AT
