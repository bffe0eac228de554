"""The dated changes of areas: rename, split, merge, move; old codes keep their successors.

Households, posts and plans live above this room: after a split, merge or move the caller moves
them along `queries.successor`. Open service bodies follow here: they move with a recoded area and
close with one that ends.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction

from yangguang.foundation.audit.actions import record
from yangguang.foundation.divisions.models import Area, AreaChange, FormerName, ServiceBody
from yangguang.foundation.divisions.rules import changes as rules
from yangguang.foundation.divisions.types import PREFIX, AreaView, ChangeKind, Level, NewArea
from yangguang.foundation.walls.context import Actor


@transaction.atomic
def rename_area(
    code: str, *, name: str, on: date, reference: str, by: Actor, at: datetime
) -> AreaView:
    """Give an area a new name from a day on, keeping the old one. Raises AreaRefused."""
    area = _locked(code, on)
    _rename(area, name, on)
    _note(ChangeKind.RENAME, [(code, code)], on, reference, by, at)
    return area.view


@transaction.atomic
def split_area(
    code: str, *, parts: Sequence[NewArea], on: date, reference: str, by: Actor, at: datetime
) -> list[AreaView]:
    """Split an area into two or more on a day; it lives on when its code is among the parts.

    Raises AreaRefused.
    """
    area = _locked(code, on)
    rules.check_split(area.view, parts, _has_children(code))
    fresh = [part for part in parts if part.code != code]
    _check_new(fresh, area)
    made = [_begin(part, area, on) for part in fresh]
    staying = next((part for part in parts if part.code == code), None)
    if staying is None:
        _end(area, on)
    elif staying.name != area.name:
        _rename(area, staying.name, on)
    _note(ChangeKind.SPLIT, [(code, part.code) for part in parts], on, reference, by, at)
    return [row.view for row in made]


@transaction.atomic
def merge_areas(
    codes: Sequence[str], *, into: NewArea, on: date, reference: str, by: Actor, at: datetime
) -> AreaView:
    """Merge areas of one parent into one of them or into a new one, on a day.

    Where `into` is one of the codes it lives on, under the name given. Raises AreaRefused.
    """
    areas = [_locked(code, on) for code in sorted(set(codes))]
    rules.check_merge([area.view for area in areas], into.code)
    ending = [area for area in areas if area.code != into.code]
    for area in ending:
        rules.check_childless(area.view, _has_children(area.code))
    staying = next((area for area in areas if area.code == into.code), None)
    if staying is None:
        _check_new([into], areas[0])
        staying = _begin(into, areas[0], on)
    elif staying.name != into.name:
        _rename(staying, into.name, on)
    for area in ending:
        _end(area, on)
    _note(ChangeKind.MERGE, [(a.code, into.code) for a in ending], on, reference, by, at)
    return staying.view


@transaction.atomic
def reparent_area(
    code: str, *, parent: str, new_code: str, on: date, reference: str, by: Actor, at: datetime
) -> AreaView:
    """Move an area, with all below it, under another parent on a day; all get new codes.

    The old codes end and name their successors; service bodies move along. Raises AreaRefused.
    """
    area = _locked(code, on)
    held = Area.objects.select_for_update().filter(code=parent).first()
    above = rules.check_reparent(area.view, held.view if held else None, parent, on)
    family = [area, *_below(area)]
    pairs = [(row, rules.moved_code(row.code, area.view, new_code)) for row in family]
    used = set(
        Area.objects.filter(code__in=[new for _, new in pairs]).values_list("code", flat=True)
    )
    rules.check_new(NewArea(new_code, area.name), Level(area.level), above, used)
    renewed = {row.code: new for row, new in pairs}
    for row, new in pairs:
        rules.check_new(NewArea(new, row.name), Level(row.level), None, used)
        _move(row, new, renewed.get(row.parent_id or "", parent), on)
    _note(ChangeKind.REPARENT, [(code, new_code)], on, reference, by, at)
    below = [(row.code, new) for row, new in pairs[1:]]
    _note(ChangeKind.RECODE, below, on, reference, by, at)
    return Area.objects.get(code=new_code).view


def _locked(code: str, on: date) -> Area:
    area = Area.objects.select_for_update().filter(code=code).first()
    rules.in_force(area.view if area else None, code, on)
    assert area is not None
    return area


def _has_children(code: str) -> bool:
    return Area.objects.filter(parent=code, valid_until=None).exists()


def _below(area: Area) -> list[Area]:
    scope = area.code[: PREFIX[Level(area.level)]]
    rows = Area.objects.select_for_update().within(scope).filter(valid_until=None)
    return list(rows.exclude(code=area.code).order_by("level", "code"))


def _check_new(parts: Iterable[NewArea], like: Area) -> None:
    parts = list(parts)
    used = set(
        Area.objects.filter(code__in=[part.code for part in parts]).values_list("code", flat=True)
    )
    parent = like.parent.view if like.parent else None
    for part in parts:
        rules.check_new(part, Level(like.level), parent, used)


def _rename(area: Area, name: str, on: date) -> None:
    last = FormerName.objects.filter(area=area).order_by("-valid_until").first()
    rules.check_rename(area.view, name, on, last.valid_until if last else None)
    _keep_name(area, area, last.valid_until if last else area.valid_from, on)
    area.name = name
    area.save(update_fields=["name"])


def _begin(part: NewArea, like: Area, on: date) -> Area:
    return Area.objects.create(
        code=part.code, name=part.name, level=like.level, parent_id=like.parent_id, valid_from=on
    )


def _end(area: Area, on: date) -> None:
    area.valid_until = on
    area.save(update_fields=["valid_until"])
    ServiceBody.objects.filter(area=area, closed_date=None).update(closed_date=on)


def _move(row: Area, new_code: str, parent: str, on: date) -> None:
    moved = Area.objects.create(
        code=new_code, name=row.name, level=row.level, parent_id=parent, valid_from=on
    )
    _keep_name(moved, row, row.valid_from, on)
    ServiceBody.objects.filter(area=row, closed_date=None).update(area=moved)
    _end(row, on)


def _keep_name(area: Area, was: Area, valid_from: date, on: date) -> None:
    FormerName.objects.create(
        area=area,
        name=was.name,
        parent_code=was.parent_id or "",
        valid_from=valid_from,
        valid_until=on,
    )


def _note(
    kind: ChangeKind,
    pairs: Sequence[tuple[str, str]],
    on: date,
    reference: str,
    by: Actor,
    at: datetime,
) -> None:
    """Keep the change with its codes, and write one line of the trail for the first of them."""
    AreaChange.objects.bulk_create(
        AreaChange(kind=kind, on_date=on, old_code=old, new_code=new, reference=reference)
        for old, new in pairs
    )
    if pairs:
        record(
            f"divisions.{kind}",
            kind="area",
            key=pairs[0][0],
            area_code=pairs[0][0],
            by=by,
            at=at,
            ground=reference,
            content={"on": on, "pairs": [list(pair) for pair in pairs]},
        )
