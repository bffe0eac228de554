"""The areas and organisations that come with the system."""

from datetime import date, datetime
from itertools import combinations, pairwise

import pytest

from yangguang.foundation.accounts.rules.roles import ROLES
from yangguang.foundation.divisions import queries
from yangguang.foundation.divisions.actions import load_shipped_areas
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import Level, OrganisationKind

pytestmark = pytest.mark.django_db


def test_jinan_stands_with_its_four_levels_below_the_province() -> None:
    counted = {level: Area.objects.filter(level=level).count() for level in Level}
    assert counted == {1: 1, 2: 1, 3: 13, 4: 164, 5: 5758}


@pytest.mark.requirement(1)
def test_each_of_the_four_levels_has_a_scope_within_the_one_above_and_rights_of_its_own() -> None:
    scopes = [view.scope for view in queries.path("370102001002")][1:]
    assert [len(scope) for scope in scopes] == [4, 6, 9, 12]
    assert all(lower.startswith(upper) for upper, lower in pairwise(scopes))
    rights = [
        {role.permissions for role in ROLES.values() if role.levels == (level,)}
        for level in (Level.CITY, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)
    ]
    assert all(rights)
    assert all(one.isdisjoint(other) for one, other in combinations(rights, 2))


def test_loading_again_adds_nothing(now: datetime) -> None:
    assert load_shipped_areas(at=now) == 0


@pytest.mark.slow
def test_every_area_stands_under_the_prefix_of_its_parent() -> None:
    for row in Area.objects.exclude(parent=None).select_related("parent"):
        assert row.parent is not None
        assert row.code.startswith(row.parent.view.scope)
        assert row.level == row.parent.level + 1


def test_the_list_says_nothing_of_the_time_before_its_date() -> None:
    assert not Area.objects.in_force(date(2023, 6, 29)).exists()
    assert Area.objects.in_force(date(2026, 11, 24)).count() == 5937


@pytest.mark.requirement(4)
def test_the_leading_group_has_an_office_thirty_units_and_eleven_county_groups() -> None:
    (group,) = queries.organisation_tree()
    kinds = [member.facts.kind for member in group.members]
    assert group.facts.responsible == "市政府分管副市长"
    assert kinds.count(OrganisationKind.OFFICE) == 1
    assert kinds.count(OrganisationKind.UNIT) == 30
    assert kinds.count(OrganisationKind.LEADING_GROUP) == 11


def test_eighteen_departments_give_aid() -> None:
    departments = queries.departments()
    assert len(departments) == 18
    assert {facts.parent for facts in departments} == {"leading-office"}
