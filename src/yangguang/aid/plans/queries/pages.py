"""What the pages of plans show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from yangguang.aid.ledger.queries.history import aid_from_others
from yangguang.aid.plans.models import Plan, PlanLine
from yangguang.aid.plans.queries.drawing import item_by_rank, try_out
from yangguang.aid.plans.queries.reach import Reach, cost_of_all, reach_of
from yangguang.aid.plans.rules import Amount, Cut, Line, demand_amount
from yangguang.aid.plans.types import AmountRule, Exclusion, LineOrigin, PlanStatus
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.walls.context import Actor

type Others = dict[int, tuple[tuple[str, int], ...]]
"""By household: who else helped it in the same trouble within 12 months, and with how many fen."""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list; amounts in fen."""

    id: int
    number: str
    title: str
    item_name: str
    area_code: str
    area_name: str
    type: str
    type_label: str
    budget_fen: int
    total_fen: int
    families: int
    status: PlanStatus
    drawn_at: datetime
    drawn_by_name: str
    submitted_at: datetime | None
    submitted_by_name: str
    approved_at: datetime | None
    approved_by_name: str
    returned_reason: str
    model_version: str
    amount: Amount
    repeat_months: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """A family in a plan: full name and village for staff of the area, amount in fen."""

    household_id: int
    number: str
    head: str
    village_code: str
    village: str
    position: int
    value: float
    amount_fen: int
    is_included: bool
    origin: LineOrigin
    exclusion: Exclusion | None
    reason: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan around its line: the last above, the first below, and whom people moved by hand.

    `left_fen` is what the budget leaves, `gap` by how much the index of the first below is lower,
    `missing_fen` what the budget lacks for it (None without a next family), `others` what those
    shown have from others.
    """

    plan: PlanRow
    above: list[LineRow]
    below: list[LineRow]
    added: list[LineRow]
    removed: list[LineRow]
    passed_over: int
    left_fen: int
    gap: float | None
    missing_fen: int | None
    others: Others


@dataclass(frozen=True, slots=True)
class Share:
    """A township's part of a plan: its families and fen."""

    code: str
    name: str
    families: int
    fen: int


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A family of the plan that others have helped in the same trouble within 12 months, fen."""

    line: LineRow
    others: tuple[tuple[str, int], ...]
    fen: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The line as the slider stands: the families nearest to it, and how far down it reaches.

    `all_fen` is what it would take to reach everybody, fen: the slider's end.
    """

    cut: Cut
    above: list[LineRow]
    below: list[LineRow]
    reach: list[Reach]
    others: Others
    all_fen: int


_LINES = """
SELECT l.household_id, l.household_number, coalesce(m.name, ''), l.area_code, coalesce(a.name, ''),
  l.position, l.value, l.amount_fen, l.is_included, l.origin, l.exclusion, l.reason
FROM plans_planline l
LEFT JOIN registry_household h ON h.id = l.household_id
LEFT JOIN registry_person m ON m.id = h.head_id
LEFT JOIN divisions_area a ON a.code = l.area_code
WHERE l.plan_id = %s
"""
_TOWNS = """
SELECT t.code, coalesce(a.name, t.code), t.families, t.fen FROM (
  SELECT rpad(left(l.area_code, 9), 12, '0') AS code, count(*) AS families,
    sum(l.amount_fen) AS fen
  FROM plans_planline l WHERE l.plan_id = %s AND l.is_included GROUP BY 1) t
LEFT JOIN divisions_area a ON a.code = t.code ORDER BY t.code
"""


def plan_list(
    *, status: PlanStatus | None = None, limit: int = 50, offset: int = 0
) -> list[PlanRow]:
    """List the plans within the actor's scope, newest first. Two queries."""
    plans = Plan.objects.filter(**({"status": status} if status else {}))
    page = list(plans.order_by("-drawn_at", "-id")[offset : offset + limit])
    names = _area_names({plan.area_code for plan in page})
    return [_row(plan, names) for plan in page]


def plan_count(*, status: PlanStatus | None = None) -> int:
    """Count the plans within the actor's scope. One query."""
    return Plan.objects.filter(**({"status": status} if status else {})).count()


def plan_row(plan_id: int) -> PlanRow | None:
    """Give one plan, None when it is not within the actor's scope. Two queries."""
    plan = Plan.objects.filter(pk=plan_id).first()
    return None if plan is None else _row(plan, _area_names({plan.area_code}))


def plan_page(plan_id: int, *, on: date, above: int = 10, below: int = 10) -> PlanPage | None:
    """Give a plan around its line, None when it is not within the scope. At most eight queries.

    Reads only the lines it shows, whatever the length of the list.
    """
    kept = Plan.objects.filter(pk=plan_id).first()
    if kept is None:
        return None
    plan = _row(kept, _area_names({kept.area_code}))
    ranked = "AND l.origin = 'ranked'"
    over = _lines(plan_id, f"{ranked} AND l.is_included ORDER BY l.position DESC LIMIT %s", above)
    under = _under(plan_id, below)
    added = _lines(plan_id, "AND l.origin = 'added' ORDER BY l.position")
    removed = _lines(plan_id, "AND l.origin = 'removed' ORDER BY l.position")
    left = plan.budget_fen - plan.total_fen
    shown = [line.household_id for line in [*over, *under, *added, *removed]]
    return PlanPage(
        plan=plan,
        above=over[::-1],
        below=under,
        added=added,
        removed=removed,
        passed_over=PlanLine.objects.filter(plan_id=plan_id, is_included=False, origin="ranked")
        .exclude(exclusion="")
        .filter(position__lt=under[0].position if under else 2**31 - 1)
        .count(),
        left_fen=left,
        gap=round(over[0].value - under[0].value, 9) if over and under else None,
        missing_fen=under[0].amount_fen - left if under else None,
        others=aid_from_others(shown, type=kept.item_type, payer=kept.payer, on=on),
    )


def plan_lines(plan_id: int, *, after: int = 0, limit: int = 100) -> list[LineRow]:
    """Page through a list by rank, with those above the line that are not on it and why.

    `after` is the last position shown.
    """
    return _lines(
        plan_id,
        """AND l.position > %s AND (l.is_included OR l.origin = 'removed'
          OR (l.exclusion <> '' AND l.position < (SELECT max(m.position) FROM plans_planline m
            WHERE m.plan_id = l.plan_id AND m.is_included)))
        ORDER BY l.position, l.household_id LIMIT %s""",
        after,
        limit,
    )


def shares_of_towns(plan_id: int) -> list[Share]:
    """Tell where a plan's money goes, by township. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TOWNS, [plan_id])
        return [Share(code, name, n, int(fen)) for code, name, n, fen in cursor.fetchall()]


def duplicates(plan_id: int, *, on: date, limit: int = 50) -> list[Duplicate]:
    """List families of a plan that others helped in the same trouble, most first. Three queries."""
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None:
        return []
    ids = list(plan.lines.filter(is_included=True).values_list("household_id", flat=True))
    given = aid_from_others(ids, type=plan.item_type, payer=plan.payer, on=on)
    sums = {household_id: sum(fen for _, fen in pairs) for household_id, pairs in given.items()}
    most = sorted(sums, key=lambda household_id: (-sums[household_id], household_id))[:limit]
    rows = _lines(plan_id, "AND l.household_id = ANY(%s)", most)
    by_id = {row.household_id: row for row in rows}
    return [Duplicate(by_id[one], given[one], sums[one]) for one in most if one in by_id]


def others_of(plan_id: int, household_ids: Sequence[int], *, on: date) -> Others:
    """Tell what others gave some families in the trouble that a plan's item is for. Two queries."""
    plan = Plan.objects.filter(pk=plan_id).first()
    if plan is None:
        return {}
    return aid_from_others(household_ids, type=plan.item_type, payer=plan.payer, on=on)


def preview(
    item_code: str,
    *,
    area_code: str,
    type: AidType | None,
    amount: Amount,
    budget_fen: int,
    by: Actor,
    on: date,
    repeat_months: int = 12,
    around: int = 5,
) -> Preview:
    """Show where the line would be, without keeping anything; for the budget slider.

    Raises what `draw_plan` raises. The ranking is read down to the line.
    """
    demand_amount(amount, type=type, budget_fen=budget_fen)
    item = item_by_rank(item_code, area_code=area_code, on=on)
    drawn = try_out(
        item,
        area_code=area_code,
        type=type,
        amount=amount,
        budget_fen=budget_fen,
        repeat_months=repeat_months,
        margin=around,
        by=by,
        on=on,
    )
    over = [line for line in drawn.lines if line.is_included][-around:]
    first = drawn.cut.below.position if drawn.cut.below else None
    under = [line for line in drawn.lines if first is not None and line.position >= first]
    shown = [line.household_id for line in [*over, *under]]
    named = _named(shown)
    return Preview(
        cut=drawn.cut,
        above=[_previewed(line, named) for line in over],
        below=[_previewed(line, named) for line in under if line.exclusion is None],
        reach=reach_of(drawn.lines, area_code=area_code),
        others=aid_from_others(shown, type=item.type, payer=item.payer, on=on),
        all_fen=cost_of_all(area_code, type=type, amount=amount),
    )


def export_rows(plan_id: int) -> Iterator[LineRow]:
    """Give all families on the list by rank, for a sheet; read in portions. One query."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_LINES} AND l.is_included ORDER BY l.position, l.household_id", [plan_id])
        while rows := cursor.fetchmany(5000):
            yield from (_line_row(row) for row in rows)


def _row(plan: Plan, names: dict[str, str]) -> PlanRow:
    return PlanRow(
        id=plan.pk,
        number=plan.number,
        title=plan.title,
        item_name=plan.item_name,
        area_code=plan.area_code,
        area_name=names.get(plan.area_code, ""),
        type=plan.type,
        type_label=AidType(plan.type).label if plan.type else "",
        budget_fen=plan.budget_fen,
        total_fen=plan.total_fen,
        families=plan.families_count,
        status=PlanStatus(plan.status),
        drawn_at=plan.drawn_at,
        drawn_by_name=plan.drawn_by_name,
        submitted_at=plan.submitted_at,
        submitted_by_name=plan.submitted_by_name,
        approved_at=plan.approved_at,
        approved_by_name=plan.approved_by_name,
        returned_reason=plan.returned_reason,
        model_version=plan.model_version,
        amount=Amount(
            AmountRule(plan.amount_rule),
            plan.amount_value,
            plan.amount_floor_fen,
            plan.amount_cap_fen,
        ),
        repeat_months=plan.repeat_months,
    )


def _area_names(codes: set[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, name FROM divisions_area WHERE code = ANY(%s)", [list(codes)])
        return dict(cursor.fetchall())


def _under(plan_id: int, limit: int) -> list[LineRow]:
    """The first below stand after the last above that the ranking put in."""
    return _lines(
        plan_id,
        """AND l.origin = 'ranked' AND NOT l.is_included AND l.exclusion = ''
        ORDER BY l.position LIMIT %s""",
        limit,
    )


def _lines(plan_id: int, condition: str, *given: int | list[int]) -> list[LineRow]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_LINES} {condition}", [plan_id, *given])
        return [_line_row(row) for row in cursor.fetchall()]


def _line_row(row: Sequence[Any]) -> LineRow:
    *cells, origin, exclusion, reason = row
    cells += [LineOrigin(origin), Exclusion(exclusion) if exclusion else None, reason]
    return LineRow(*cells)


def _named(household_ids: list[int]) -> dict[int, tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT h.id, coalesce(m.name, ''), h.area_code, coalesce(a.name, '')
            FROM registry_household h LEFT JOIN registry_person m ON m.id = h.head_id
            LEFT JOIN divisions_area a ON a.code = h.area_code WHERE h.id = ANY(%s)
            """,
            [household_ids],
        )
        return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}


def _previewed(line: Line, named: dict[int, tuple[str, str, str]]) -> LineRow:
    head, village_code, village = named.get(line.household_id, ("", "", ""))
    return LineRow(
        household_id=line.household_id,
        number=line.number,
        head=head,
        village_code=village_code,
        village=village,
        position=line.position,
        value=line.value,
        amount_fen=line.amount_fen,
        is_included=line.is_included,
        origin=LineOrigin.RANKED,
        exclusion=line.exclusion,
        reason="",
    )
