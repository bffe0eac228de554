"""A small world: one of each object in each state and area, made once, by the verbs."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoDbBlocker

from tests.factories.registry import HouseholdFactory, member
from tests.matrix.places import OFFICES, VILLAGES, prefix
from tests.matrix.things import STATES, Thing
from yangguang.aid.disbursement.actions import prepare_batch, send_batch
from yangguang.aid.disbursement.types import Encoding
from yangguang.aid.index.actions import catch_up
from yangguang.aid.plans.actions import (
    approve,
    ask_export,
    decline_export,
    draw_plan,
    grant_export,
    submit,
)
from yangguang.aid.plans.models import Plan
from yangguang.aid.plans.queries.exports import plan_subject_of
from yangguang.aid.plans.rules import Amount
from yangguang.aid.plans.types import AmountRule
from yangguang.families.registry.actions.households import close_household
from yangguang.families.registry.actions.looking import note_look
from yangguang.families.registry.actions.photos import add_photo
from yangguang.families.registry.models import Household
from yangguang.families.registry.rules.roster.reading import read_roster
from yangguang.families.registry.types import PhotoKind, Relation
from yangguang.foundation.accounts.actions import appoint, decline, grant, propose_post
from yangguang.foundation.accounts.models import Post
from yangguang.foundation.accounts.types import Proposal
from yangguang.foundation.divisions.actions.bodies import open_body
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.divisions.types import BodyFacts, BodyKind
from yangguang.foundation.walls.context import Actor, enter, system

SINCE = date(2026, 1, 1)
BORN = date(1999, 9, 1)
_SERVES = {2: "system_administrator", 4: "city_officer", 6: "county_planner",
           9: "township_reviewer", 12: "village_clerk"}  # fmt: skip
_BODIES = {6: BodyKind.CENTRE, 9: BodyKind.STATION, 12: BodyKind.POINT}
# Whose family it is can be told from a page: these names are of one village each.
HEADS = dict(zip(VILLAGES, ("单建国", "仇建国", "解建国", "查建国"), strict=True))
_PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


@dataclass(slots=True)
class World:
    """The keys of all objects, and the moment at which they were made."""

    at: datetime
    keys: dict[Thing, int] = field(default_factory=dict)
    heads: dict[Thing, int] = field(default_factory=dict)
    numbers: dict[Thing, str] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """Give the day."""
        return timezone.localdate(self.at)


@contextmanager
def made_world(blocker: DjangoDbBlocker, folder: Path) -> Iterator[World]:
    """Make the world inside a transaction, and take it back with the block."""
    from django.conf import settings

    stores = {**settings.STORAGES, "staticfiles": {"BACKEND": _PLAIN}}
    with (
        blocker.unblock(),
        override_settings(STORAGES=stores, MEDIA_ROOT=str(folder)),
        # A child process for each roster says nothing about access, and takes a second.
        patch("yangguang.faces.desk.roster.views.read_apart", read_roster),
        transaction.atomic(),
    ):
        enter(system("37"))
        world = World(timezone.now())
        for make in (_families, _plans, _people, _bodies):
            make(world)
        yield world
        transaction.set_rollback(True)


def _families(world: World) -> None:
    by = system("37")
    for area in VILLAGES:
        for state in ("registered", "closed"):
            thing = Thing("household", area, state)
            members = (member(HEADS[area]), member("张小强", Relation.CHILD, born=BORN))
            family = HouseholdFactory(
                members=members, with_card=True, area_code=area, at=world.at, by=by
            )
            _keep_family(world, thing, family)
            if state == "closed":
                close_household(family.pk, reason="迁往外地", on=world.on, by=by, at=world.at)
        kept = world.keys[Thing("household", area, "registered")]
        _read(world, area, kept)
        photo = add_photo(kept, data=_picture(), kind=PhotoKind.HOUSE, by=by, at=world.at)
        world.keys[Thing("photo", area, "kept")] = photo.pk
    catch_up(on=world.on, at=world.at)


def _keep_family(world: World, thing: Thing, family: Household) -> None:
    world.keys[thing] = family.pk
    world.heads[thing] = family.head_id or 0
    world.numbers[thing] = family.number


def _read(world: World, area: str, household_id: int) -> None:
    """Let somebody of the village open the family's file: a reader of families of one area only."""
    key = 9100 + VILLAGES.index(area)
    reader = Actor(key, "查阅员", "village_clerk", area)
    note_look(household_id, area_code=area, by=reader, at=world.at)
    world.keys[Thing("reader", area, "looked")] = key


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return out.getvalue()


def _plans(world: World) -> None:
    for area in OFFICES:
        scope = prefix(area)
        planner = Actor(9001, "方案员", "county_planner", scope)
        approver = Actor(9002, "审批员", "county_approver", scope)
        payer = Actor(9003, "发放员", "county_payer", scope)
        for state in ("draft", "submitted", "approved"):
            plan = _plan(world, area, state, planner)
            world.keys[Thing("plan", area, state)] = plan.pk
            if state != "draft":
                submit(plan.pk, by=planner, at=world.at)
            if state == "approved":
                approve(plan.pk, by=approver, at=world.at)
        for state in ("prepared", "sent"):
            plan = _plan(world, area, state, planner)
            submit(plan.pk, by=planner, at=world.at)
            approve(plan.pk, by=approver, at=world.at)
            batch = prepare_batch(plan.pk, by=planner, at=world.at)
            if state == "sent":
                send_batch(batch.pk, encoding=Encoding.GB18030, by=payer, at=world.at)
            world.keys[Thing("batch", area, state)] = batch.pk
        world.keys[Thing("list", area, "plan_list")] = world.keys[Thing("plan", area, "approved")]
        world.keys[Thing("list", area, "batch_list")] = world.keys[Thing("batch", area, "prepared")]
        _requests(world, area, planner, approver)


def _plan(world: World, area: str, state: str, planner: Actor) -> Plan:
    return draw_plan(
        "mz-holiday", area_code=area, type=None, amount=Amount(AmountRule.FIXED, 10_000),
        budget_fen=100_000, title=f"{title_of(area)}{state}", by=planner, at=world.at,
        repeat_months=0,
    )  # fmt: skip


def _requests(world: World, area: str, asker: Actor, consenter: Actor) -> None:
    """Let somebody ask for a list as if it were long."""
    found = plan_subject_of(world.keys[Thing("plan", area, "approved")])
    assert found is not None
    # The one that waits comes last: with one waiting nobody may ask for the same list again.
    for state in ("granted", "declined", "asked"):
        made = ask_export(replace(found, rows=501), reason="入户核对", by=asker, at=world.at)
        if state == "granted":
            grant_export(made.pk, by=consenter, at=world.at)
        if state == "declined":
            decline_export(made.pk, reason="用途不明", by=consenter, at=world.at)
        world.keys[Thing("export", area, state)] = made.pk


def title_of(area: str) -> str:
    """Give what the titles of an area's plans begin with."""
    return f"第{area}号方案"


def _post(name: str, area: str, role: str, world: World) -> Post:
    return appoint(
        name, name="周岚", role=role, area=Area.objects.get(code=area), from_date=SINCE,
        by=system("37"), at=world.at,
    )  # fmt: skip


def _people(world: World) -> None:
    proposer = Actor(_post("proposer", "370000000000", "security_administrator", world).staff_id,
                     "安一", "security_administrator", "37")  # fmt: skip
    decider = Actor(_post("decider", "370000000000", "security_administrator", world).staff_id,
                    "安二", "security_administrator", "37")  # fmt: skip
    for area in STATES["post"][0]:
        role = _SERVES[len(prefix(area))]
        for state in ("open", "ended"):
            post = _post(f"{state}-{area}", area, role, world)
            if state == "ended":
                Post.objects.filter(pk=post.pk).update(until_date=world.on - timedelta(days=1))
            world.keys[Thing("post", area, state)] = post.pk
            world.keys[Thing("staff", area, state)] = post.staff_id
        for state in ("proposed", "granted", "declined"):
            given = Proposal(f"{state}-new-{area}", "王敏", role, area, world.on, reason="任命文号")
            made = propose_post(given, by=proposer, at=world.at)
            if state == "granted":
                grant(made.pk, by=decider, at=world.at)
            if state == "declined":
                decline(made.pk, reason="尚未到岗", by=decider, at=world.at)
            world.keys[Thing("appointment", area, state)] = made.pk


def _bodies(world: World) -> None:
    for area in STATES["body"][0]:
        facts = BodyFacts(
            kind=_BODIES[len(prefix(area))], area_code=area, name="救助服务点",
            opened_date=date(2011, 9, 1),
        )  # fmt: skip
        world.keys[Thing("body", area, "open")] = open_body(facts, by=system("37"), at=world.at)
