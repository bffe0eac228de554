"""What the first page shows: tiles that open the filtered list, recent plans, the area's tree."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from yangguang.aid.index.queries import Board, Frame, frame_of
from yangguang.aid.index.rules.flags import FlagName
from yangguang.aid.index.types import Band
from yangguang.aid.plans.queries.pages import PlanRow, plan_count, plan_list
from yangguang.aid.plans.types import PlanStatus
from yangguang.faces.desk.ranking.addresses import ranking_address
from yangguang.faces.look.words import how_many
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.walls.context import Actor

RECENT = 5


@dataclass(frozen=True, slots=True)
class Tile:
    """A count that opens the list of what it counts."""

    name: str
    count: int
    unit: str
    note: str
    href: str
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A band of need with how many families, as a share of all for its bar."""

    band: Band
    count: int
    share: float
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The desk of one person; `frame` is None where nothing has been scored yet."""

    area_name: str
    frame: Frame | None
    todo: tuple[Tile, ...]
    steps: tuple[Step, ...]
    plans: tuple[PlanRow, ...]
    sees_plans: bool
    may_register: bool

    @classmethod
    def of(cls, by: Actor, *, on: date) -> Self:
        """Read the desk of an actor. Three queries with plans, else one."""
        code = by.scope.ljust(12, "0")
        frame = frame_of(by.scope, code, on)
        sees_plans = permits(by.role, Permission.SEE_PLANS)
        plans = tuple(plan_list(limit=RECENT)) if sees_plans else ()
        waiting = plan_count(status=PlanStatus.SUBMITTED) if sees_plans else 0
        board = frame.board if frame else Board(0, 0, {}, {})
        todo = _flags(board, code) + ((_waiting(waiting),) if sees_plans else ())
        return cls(
            area_name=frame.root.name if frame else "",
            frame=frame,
            todo=todo,
            steps=_steps(board, code),
            plans=plans,
            sees_plans=sees_plans,
            may_register=permits(by.role, Permission.EDIT_HOUSEHOLDS),
        )


def _flags(board: Board, code: str) -> tuple[Tile, ...]:
    notes = {
        FlagName.REVIEW: _("资料已过复核期，请入户或核对后更正"),
        FlagName.MISSED: _("困难程度重，近一年未获救助，请尽快了解"),
        FlagName.OVERLAP: _("同类救助可能来自多方，请核对后再安排"),
        FlagName.SPLIT: _("近期分户或同址多户，请核实是否共同生活"),
    }
    return tuple(
        Tile(
            name=_(flag.label),
            count=board.flags.get(flag, 0),
            unit=how_many("户", board.flags.get(flag, 0)),
            note=note,
            href=ranking_address(area=code, flag=flag),
            is_urgent=flag is FlagName.MISSED,
        )
        for flag, note in notes.items()
    )


def _waiting(count: int) -> Tile:
    return Tile(
        name=_("待审批方案"),
        count=count,
        unit=how_many("件", count),
        note=_("须由拟定人以外的人审批"),
        href=f"{reverse('desk:plans')}?status={PlanStatus.SUBMITTED}",
    )


def _steps(board: Board, code: str) -> tuple[Step, ...]:
    return tuple(
        Step(
            band=band,
            count=board.bands.get(band, 0),
            share=board.bands.get(band, 0) / board.households if board.households else 0.0,
            href=ranking_address(area=code, band=band),
        )
        for band in Band
    )
