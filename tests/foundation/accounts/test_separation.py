"""Which posts one person may not hold together, in the rule and in the database."""

from datetime import date, datetime
from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from yangguang.foundation.accounts.actions import appoint
from yangguang.foundation.accounts.models import Post
from yangguang.foundation.accounts.rules.roles import ADMINISTRATORS, ROLES
from yangguang.foundation.accounts.rules.separation import (
    Held,
    PostsClash,
    clashes,
    demand_separation,
)
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import acting, system

JANUARY, JUNE, JULY = date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1)
CITY = "370100000000"


@pytest.mark.parametrize(("first", "second"), list(permutations(ADMINISTRATORS, 2)))
def test_two_of_the_three_administrators_clash_even_one_after_the_other(
    first: str, second: str
) -> None:
    assert clashes(Held(first, JANUARY, JUNE), Held(second, JULY))


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrator_of_two_areas_is_one_administrator(role: str) -> None:
    assert not clashes(Held(role, JANUARY), Held(role, JANUARY))


def test_an_administrator_does_no_business_meanwhile_but_may_have_before() -> None:
    business = Held("county_approver", JANUARY, JUNE)
    assert clashes(Held("system_administrator", JANUARY), business)
    assert not clashes(Held("system_administrator", JUNE), business)


def test_posts_of_business_may_be_held_together() -> None:
    assert not clashes(Held("county_planner", JANUARY), Held("county_payer", JANUARY))


def test_a_clash_says_who_may_not_and_what_to_do() -> None:
    with pytest.raises(PostsClash, match=r"安全管理员.*审计管理员.*请另选一人"):
        demand_separation(
            Held("audit_administrator", JULY), [Held("security_administrator", JANUARY, JUNE)]
        )


def test_every_role_has_a_description_a_manager_can_read_and_an_own_name() -> None:
    assert len({role.label for role in ROLES.values()}) == len(ROLES) == 18
    assert all(role.description.endswith("。") and role.levels for role in ROLES.values())


@pytest.mark.django_db
def test_the_verb_refuses_a_second_administrator_role(now: datetime) -> None:
    area = Area.objects.get(code=CITY)
    with acting(system("3701")) as by:
        appoint("an", name="安一", role="security_administrator", area=area, from_date=JANUARY,
                by=by, at=now)  # fmt: skip
        with pytest.raises(PostsClash):
            appoint("an", name="安一", role="audit_administrator", area=area, from_date=JANUARY,
                    by=by, at=now)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["audit_administrator", "city_officer"])
def test_the_database_refuses_it_past_the_verb(other: str, now: datetime) -> None:
    area = Area.objects.get(code=CITY)
    with acting(system("3701")) as by:
        held = appoint("an", name="安一", role="security_administrator", area=area,
                       from_date=JANUARY, by=by, at=now)  # fmt: skip
        with pytest.raises(IntegrityError, match="never combined"), transaction.atomic():
            Post.objects.create(staff=held.staff, role=other, area=area, from_date=JULY)
        second = Post.objects.create(
            staff=held.staff, role="security_administrator", area=area, from_date=JULY
        )
        second.role = other
        with pytest.raises(IntegrityError, match="stay as they are"), transaction.atomic():
            second.save()
