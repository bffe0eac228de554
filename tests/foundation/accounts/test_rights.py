"""Posts under four eyes, delegated for a while, ended at once."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from yangguang.foundation.accounts import actions
from yangguang.foundation.accounts.actions.covering import OutsideScope
from yangguang.foundation.accounts.actions.inviting import OwnProposal
from yangguang.foundation.accounts.actions.proposing import NeedsReason, NotWaiting
from yangguang.foundation.accounts.models import Appointment, OpenSession, Post
from yangguang.foundation.accounts.queries import actor_of, own_posts
from yangguang.foundation.accounts.rules.appointing import (
    FourEyes,
    RoleNotAtLevel,
    WrongPeriod,
    WrongUsername,
)
from yangguang.foundation.accounts.rules.roles import NotPermitted
from yangguang.foundation.accounts.rules.separation import PostsClash
from yangguang.foundation.accounts.types import Origin, Proposal
from yangguang.foundation.audit.queries import last_record
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.context import Actor, enter, system

pytestmark = pytest.mark.django_db

CITY, COUNTY, TOWN = "370100000000", "370112000000", "370112001000"
TODAY = date(2026, 11, 24)
GIVEN = Proposal("zhoulan", "周岚", "township_reviewer", TOWN, TODAY, reason="历民任2026-7号")


def person(username: str, role: str, code: str, now: datetime) -> Actor:
    """Appoint somebody and give the actor, in a context of the whole city.

    Who is no security administrator is a made person: there may be two of these already.
    """
    enter(system("3701"))
    post = actions.appoint(
        username, name=f"{username}名", role=role, area=Area.objects.get(code=code),
        from_date=date(2026, 1, 1), by=system("3701"), at=now,
        is_demo=role != "security_administrator",
    )  # fmt: skip
    actor = actor_of(post.staff_id, TODAY, post_id=post.pk)
    assert actor is not None
    return actor


@pytest.fixture
def first(now: datetime) -> Actor:
    return person("anyi", "security_administrator", COUNTY, now)


@pytest.fixture
def second(now: datetime) -> Actor:
    return person("aner", "security_administrator", COUNTY, now)


def test_a_post_is_held_once_a_second_person_has_granted_it(
    first: Actor, second: Actor, now: datetime
) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    assert not Post.objects.filter(staff__username="zhoulan").exists()
    post = actions.grant(made.pk, by=second, at=now)
    acting_now = actor_of(post.staff_id, TODAY)
    assert acting_now is not None
    assert (acting_now.role, acting_now.scope) == ("township_reviewer", "370112001")
    assert not post.staff.has_usable_password()
    proposed, granted = last_record("accounts.propose"), last_record("accounts.grant")
    assert proposed is not None
    assert granted is not None
    assert (proposed.actor_id, granted.actor_id) == (first.id, second.id)
    assert (proposed.object_key, proposed.reason) == (granted.object_key, "历民任2026-7号")


def test_who_proposed_does_not_decide(first: Actor, now: datetime) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    with pytest.raises(FourEyes, match="另一名安全管理员"):
        actions.grant(made.pk, by=first, at=now)
    with pytest.raises(FourEyes):
        actions.decline(made.pk, reason="不合适", by=first, at=now)


def test_the_database_holds_four_eyes_past_the_verb(first: Actor, now: datetime) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    with pytest.raises(IntegrityError, match="appointment_four_eyes"), transaction.atomic():
        Appointment.objects.filter(pk=made.pk).update(
            status="declined", decided_by=first.id, decided_at=now
        )


def test_nobody_acts_on_own_rights(first: Actor, second: Actor, now: datetime) -> None:
    own = replace(GIVEN, username="anyi", role="security_administrator", area_code=COUNTY)
    with pytest.raises(FourEyes, match="本人"):
        actions.propose_post(own, by=first, at=now)
    for_second = replace(own, username="aner")
    made = actions.propose_post(for_second, by=first, at=now)
    with pytest.raises(FourEyes, match="本人"):
        actions.grant(made.pk, by=second, at=now)
    with pytest.raises(FourEyes, match="本人"):
        actions.end_post(Post.objects.get(staff=first.id).pk, reason="调离", by=first, at=now)


def test_a_declined_proposal_says_why_and_gives_nothing(
    first: Actor, second: Actor, now: datetime
) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    with pytest.raises(NeedsReason):
        actions.decline(made.pk, reason=" ", by=second, at=now)
    assert actions.decline(made.pk, reason="尚未到岗", by=second, at=now).post is None
    with pytest.raises(NotWaiting):
        actions.grant(made.pk, by=second, at=now)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"role": "county_planner"}, RoleNotAtLevel),
        ({"area_code": "370102001000"}, OutsideScope),
        ({"from_date": TODAY - timedelta(days=1)}, WrongPeriod),
        ({"until_date": TODAY}, WrongPeriod),
        ({"username": "周岚"}, WrongUsername),
        ({"reason": ""}, NeedsReason),
    ],
)
def test_what_does_not_fit_is_refused(
    change: dict[str, object], refusal: type[Exception], first: Actor, now: datetime
) -> None:
    with pytest.raises(refusal):
        actions.propose_post(replace(GIVEN, **change), by=first, at=now)  # type: ignore[arg-type]


def test_only_a_security_administrator_gives_rights(now: datetime) -> None:
    approver = person("shenpi", "county_approver", COUNTY, now)
    with pytest.raises(NotPermitted):
        actions.propose_post(GIVEN, by=approver, at=now)


def test_a_second_administrator_role_is_refused_when_it_is_proposed(
    first: Actor, now: datetime
) -> None:
    person("shenji", "audit_administrator", COUNTY, now)
    with pytest.raises(PostsClash):
        actions.propose_post(
            replace(GIVEN, username="shenji", role="system_administrator", area_code=COUNTY),
            by=first,
            at=now,
        )


def test_a_delegation_is_dated_and_leaves_the_own_post_first(
    first: Actor, second: Actor, now: datetime
) -> None:
    away = person("jia", "county_approver", COUNTY, now)
    stands = person("yi", "county_payer", COUNTY, now)
    post = Post.objects.get(staff=away.id)
    given = Proposal("yi", "", post.role, COUNTY, TODAY, TODAY + timedelta(days=7), "春节休假")
    with pytest.raises(WrongPeriod, match="92"):
        actions.delegate(
            post.pk, replace(given, until_date=TODAY + timedelta(days=93)), by=first, at=now
        )
    made = actions.delegate(post.pk, given, by=first, at=now)
    delegated = actions.grant(made.pk, by=second, at=now)
    own = actor_of(stands.id, TODAY)
    chosen = actor_of(stands.id, TODAY, post_id=delegated.pk)
    assert own is not None
    assert chosen is not None
    assert (own.role, chosen.role) == ("county_payer", "county_approver")
    assert [one.stands_for for one in own_posts(stands.id, TODAY)] == ["", "jia名"]
    later = actor_of(stands.id, TODAY + timedelta(days=7), post_id=delegated.pk)
    assert later is not None
    assert later.role == "county_payer"


def test_a_delegation_of_a_post_that_ended_is_granted_no_more(
    first: Actor, second: Actor, now: datetime
) -> None:
    away = person("jia", "county_approver", COUNTY, now)
    post = Post.objects.get(staff=away.id)
    given = Proposal("yi", "李乙", post.role, COUNTY, TODAY, TODAY + timedelta(days=7), "休假")
    made = actions.delegate(post.pk, given, by=first, at=now)
    actions.end_post(post.pk, reason="调令2号", by=second, at=now)
    with pytest.raises(NotWaiting, match="原岗位"):
        actions.grant(made.pk, by=second, at=now)


def test_a_delegated_post_is_not_delegated_further(
    first: Actor, second: Actor, now: datetime
) -> None:
    away = person("jia", "county_approver", COUNTY, now)
    post = Post.objects.get(staff=away.id)
    given = Proposal("yi", "李乙", post.role, COUNTY, TODAY, TODAY + timedelta(days=7), "休假")
    delegated = actions.grant(
        actions.delegate(post.pk, given, by=first, at=now).pk, by=second, at=now
    )
    with pytest.raises(OutsideScope, match="不能再委托"):
        actions.delegate(delegated.pk, replace(given, username="bing"), by=first, at=now)


def test_ending_a_post_ends_delegates_and_sessions_in_the_same_transaction(
    first: Actor, second: Actor, now: datetime
) -> None:
    away = person("jia", "county_approver", COUNTY, now)
    stands = person("yi", "county_payer", COUNTY, now)
    post = Post.objects.get(staff=away.id)
    given = Proposal("yi", "", post.role, COUNTY, TODAY, TODAY + timedelta(days=7), "春节休假")
    made = actions.delegate(post.pk, given, by=first, at=now)
    actions.grant(made.pk, by=second, at=now)
    for staff in (away.id, stands.id, first.id):
        Session.objects.create(session_key=f"k{staff}", session_data="", expire_date=now)
        OpenSession.objects.create(
            staff_id=staff, session_key=f"k{staff}", started_at=now, device="浏览器"
        )
    actions.end_post(post.pk, reason="历民调2026-2号", by=first, at=now)
    assert actor_of(away.id, TODAY) is None
    assert [one.role for one in own_posts(stands.id, TODAY)] == ["county_payer"]
    assert list(Session.objects.values_list("session_key", flat=True)) == [f"k{first.id}"]
    ended = last_record("accounts.end_post")
    assert ended is not None
    assert ended.reason == "历民调2026-2号"


def test_a_post_of_another_area_is_not_ended(first: Actor, now: datetime) -> None:
    elsewhere = person("bing", "county_approver", "370102000000", now)
    with pytest.raises(OutsideScope):
        actions.end_post(Post.objects.get(staff=elsewhere.id).pk, reason="调离", by=first, at=now)


@pytest.fixture
def above(now: datetime) -> Actor:
    return person("anshi", "security_administrator", CITY, now)


@pytest.fixture
def officer(now: datetime) -> Actor:
    return person("bigboss", "city_officer", CITY, now)


def test_a_county_gives_no_post_to_somebody_of_the_city_and_learns_no_name(
    first: Actor, officer: Actor, above: Actor, now: datetime
) -> None:
    given = replace(GIVEN, username="bigboss", name="猜", role="hotline_operator", area_code=COUNTY)
    with pytest.raises(OutsideScope) as told:
        actions.propose_post(given, by=first, at=now)
    assert officer.name not in str(told.value)
    clash = replace(given, role="audit_administrator")
    with pytest.raises(OutsideScope):
        actions.propose_post(clash, by=first, at=now)
    assert actions.propose_post(given, by=above, at=now).name == officer.name


def test_a_county_grants_no_post_to_who_came_to_the_city_meanwhile(
    first: Actor, second: Actor, now: datetime
) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    person("zhoulan", "city_officer", CITY, now)
    with pytest.raises(OutsideScope):
        actions.grant(made.pk, by=second, at=now)


def test_a_log_in_name_that_waits_at_the_city_is_not_taken_by_a_county(
    first: Actor, second: Actor, above: Actor, now: datetime
) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    actions.propose_post(replace(GIVEN, role="city_officer", area_code=CITY), by=above, at=now)
    with pytest.raises(OutsideScope):
        actions.propose_post(GIVEN, by=first, at=now)
    with pytest.raises(OutsideScope):
        actions.grant(made.pk, by=second, at=now)


def test_the_name_of_who_left_another_county_is_not_told(first: Actor, now: datetime) -> None:
    gone = person("bing", "county_approver", "370102000000", now)
    Post.objects.filter(staff=gone.id).update(until_date=TODAY)
    given = replace(GIVEN, username="bing", name="新来的")
    assert actions.propose_post(given, by=first, at=now).name == "新来的"


def test_an_invitation_needs_every_post_within_the_scope(
    first: Actor, officer: Actor, above: Actor, now: datetime
) -> None:
    person("bigboss", "hotline_operator", COUNTY, now)
    with pytest.raises(OutsideScope):
        actions.invite(officer.id, by=first, at=now)
    assert actions.invite(officer.id, by=above, at=now)


def test_an_invitation_needs_a_post_yet_to_come_within_the_scope_too(
    first: Actor, now: datetime
) -> None:
    clerk = person("zhoulan", "township_reviewer", TOWN, now)
    Post.objects.create(
        staff_id=clerk.id, role="city_officer", area_id=CITY, from_date=TODAY + timedelta(days=9)
    )
    with pytest.raises(OutsideScope):
        actions.invite(clerk.id, by=first, at=now)


def test_who_proposed_a_post_does_not_hand_out_the_secret(
    first: Actor, second: Actor, now: datetime
) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    post = actions.grant(made.pk, by=second, at=now)
    with pytest.raises(OwnProposal, match="另一名安全管理员"):
        actions.invite(post.staff_id, by=first, at=now)
    assert actions.invite(post.staff_id, by=second, at=now)


def test_a_secret_given_out_before_another_post_is_void(
    first: Actor, second: Actor, above: Actor, now: datetime
) -> None:
    made = actions.propose_post(GIVEN, by=first, at=now)
    post = actions.grant(made.pk, by=second, at=now)
    secret = actions.invite(post.staff_id, by=second, at=now)
    other = person("ansan", "security_administrator", CITY, now)
    wider = replace(GIVEN, role="city_officer", area_code=CITY)
    actions.grant(actions.propose_post(wider, by=above, at=now).pk, by=other, at=now)
    taken = actions.accept_invitation(
        "zhoulan", secret=secret, password="槐荫-lan-7788", origin=Origin("10.1.1.1", ""), at=now
    )
    assert taken is None
