"""The tables of the e-file (困难群众基本信息数据库)."""

from yangguang.families.registry.models.facts import (
    Asset,
    Circumstances,
    Dwelling,
    Income,
    PersonFacts,
    Shock,
    Spending,
    Supporter,
)
from yangguang.families.registry.models.household import (
    BankAccount,
    Household,
    HouseholdChange,
    HouseholdQuerySet,
    Mark,
    Recognition,
)
from yangguang.families.registry.models.looking import Look, Reveal
from yangguang.families.registry.models.person import Membership, Person, Photo

__all__ = [
    "Asset",
    "BankAccount",
    "Circumstances",
    "Dwelling",
    "Household",
    "HouseholdChange",
    "HouseholdQuerySet",
    "Income",
    "Look",
    "Mark",
    "Membership",
    "Person",
    "PersonFacts",
    "Photo",
    "Recognition",
    "Reveal",
    "Shock",
    "Spending",
    "Supporter",
]
