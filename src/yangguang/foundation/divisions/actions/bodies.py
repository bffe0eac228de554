"""Opening, keeping up and closing the service bodies."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction

from yangguang.foundation.audit.actions import record
from yangguang.foundation.divisions.models import Area, ServiceBody
from yangguang.foundation.divisions.rules.haves import BodyRefused, check_body
from yangguang.foundation.divisions.types import BodyFacts, Level
from yangguang.foundation.walls.context import Actor

_CHANGING = tuple(
    part.name for part in fields(BodyFacts) if part.name not in ("kind", "area_code", "opened_date")
)


@transaction.atomic
def open_body(facts: BodyFacts, *, by: Actor, at: datetime) -> int:
    """Open one service body and give its key. Raises BodyRefused: level, area, one already open."""
    (key,) = _insert([facts])
    _record("open_body", key, facts, by, at)
    return key


@transaction.atomic
def open_bodies(rows: Sequence[BodyFacts], *, by: Actor, at: datetime) -> int:
    """Open many service bodies in one statement with one line of the trail, and give how many.

    All or nothing. Raises BodyRefused.
    """
    _insert(rows)
    record(
        "divisions.open_bodies",
        kind="service_body",
        key=len(rows),
        area_code=by.scope.ljust(12, "0"),
        by=by,
        at=at,
        content={"bodies": [asdict(row) for row in rows]},
    )
    return len(rows)


@transaction.atomic
def update_body(body_id: int, *, facts: BodyFacts, by: Actor, at: datetime) -> None:
    """Write down what a body has now; its kind, area and opening stay. Raises BodyRefused."""
    body = _locked(body_id)
    check_body(facts, Level(body.area.level))
    if (facts.kind, facts.area_code) != (body.kind, body.area_id):
        raise BodyRefused("服务机构的类别和所在区划不能改动。请撤销后另行设立。")
    for name in _CHANGING:
        setattr(body, name, getattr(facts, name))
    body.save(update_fields=_CHANGING)
    _record("update_body", body_id, facts, by, at)


@transaction.atomic
def close_body(body_id: int, *, on: date, reason: str, by: Actor, at: datetime) -> None:
    """Close a body on a day, with a reason. Raises BodyRefused."""
    body = _locked(body_id)
    if not reason.strip():
        raise BodyRefused("撤销服务机构要写明理由。请填写后再试。")
    if on < body.opened_date:
        raise BodyRefused(f"撤销日期{on}早于设立日期{body.opened_date}。请改正后再试。")
    body.closed_date = on
    body.save(update_fields=["closed_date"])
    record(
        "divisions.close_body",
        kind="service_body",
        key=body_id,
        area_code=body.area_id,
        by=by,
        at=at,
        reason=reason,
        content={"closed_date": on},
    )


def _locked(body_id: int) -> ServiceBody:
    body = ServiceBody.objects.select_for_update().filter(pk=body_id, closed_date=None).first()
    if body is None:
        raise BodyRefused("没有这个服务机构，或它已经撤销。请刷新页面后再试。")
    return body


def _insert(rows: Sequence[BodyFacts]) -> list[int]:
    codes = {row.area_code for row in rows}
    areas = Area.objects.filter(valid_until=None, code__in=codes)
    levels = dict(areas.values_list("code", "level"))
    for row in rows:
        if row.area_code not in levels:
            raise BodyRefused(f"没有代码为{row.area_code}的区划，或它已终止。请核对代码。")
        check_body(row, Level(levels[row.area_code]))
    bodies = [_model(row) for row in rows]
    try:
        with transaction.atomic():
            made = ServiceBody.objects.bulk_create(bodies)
    except IntegrityError as error:
        raise BodyRefused(
            "同一区划已有同类服务机构。请先核对名单；确需另设的，先撤销原有机构。"
        ) from error
    return [body.pk for body in made]


def _model(facts: BodyFacts) -> ServiceBody:
    return ServiceBody(
        kind=facts.kind,
        area_id=facts.area_code,
        opened_date=facts.opened_date,
        **{name: getattr(facts, name) for name in _CHANGING},
    )


def _record(verb: str, key: int, facts: BodyFacts, by: Actor, at: datetime) -> None:
    record(
        f"divisions.{verb}",
        kind="service_body",
        key=key,
        area_code=facts.area_code,
        by=by,
        at=at,
        content=asdict(facts),
    )
