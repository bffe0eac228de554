"""Makes the city, once for a seed and size: families, scores, bodies, people."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connections
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from yangguang.aid.index.actions import score_area
from yangguang.faces.demo import pictures, setting
from yangguang.faces.demo.aside import OWNER
from yangguang.faces.demo.city.making import shares
from yangguang.faces.demo.writing import write
from yangguang.families.registry.models import Household
from yangguang.foundation.audit.actions import record
from yangguang.foundation.audit.queries import last_record
from yangguang.foundation.divisions.types import AreaView
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor, acting, system

SCOPE = "3701"
CITY = "370100000000"
VERB = "demo.make"


class AnotherCity(Refusal):
    """A city of another seed or size stands here already."""


class FamiliesStand(Refusal):
    """There are families here that no finished making left: somebody's, or of one cut short."""


@dataclass(frozen=True, slots=True)
class Order:
    """Which city is wanted."""

    seed: int
    households: int
    on: date

    @property
    def key(self) -> str:
        """Give what the marker of a made city carries: the day may be another."""
        return f"{self.seed}/{self.households}"


def ensure(order: Order, *, at: datetime, progress: Progress) -> bool:
    """Make the city unless it stands; scored as of the day. Tell whether it was made now.

    Raises `AnotherCity` when a city of another seed or size stands in this database, and
    `FamiliesStand` when there are families and no finished city.
    """
    with acting(system(SCOPE)):
        found = last_record(VERB)
        occupied = found is None and Household.objects.exists()
    if occupied:
        raise FamiliesStand(
            "这里已登记有家庭，演示城市不会混进去。如果是上次没有造完，加 --fresh 清空后重造；"
            "如果是真实数据，请把 YANGGUANG_STATE 指到别的文件夹。"
        )
    if found is None:
        _make(order, at=at, progress=progress)
    elif found.object_key != order.key:
        raise AnotherCity(
            f"这里已有另一座演示城市（{found.object_key}）。"
            "加 --fresh 清空后重造，或把 YANGGUANG_STATE 指到别的文件夹。"
        )
    elif found.reason != order.on.isoformat():
        with _stage(progress, "重新计算指数"), acting(system(SCOPE)) as actor:
            score_area(SCOPE, on=order.on, by=actor, at=at)
            _mark_made(order, by=actor, at=at)
    return found is None


def _make(order: Order, *, at: datetime, progress: Progress) -> None:
    areas = setting.areas_of_2011()
    _write(order, areas, progress)
    with acting(system(SCOPE)) as actor:
        with _stage(progress, "计算指数"):
            score_area(SCOPE, on=order.on, by=actor, at=at)
        with _stage(progress, "设立服务机构"):
            setting.open_all_bodies(areas, seed=order.seed, by=actor, at=at)
            setting.appoint_people(on=setting.OPENED, by=actor, at=at)
        with _stage(progress, "绘制示例图画"):
            pictures.draw(seed=order.seed, by=actor, at=at)
        _mark_made(order, by=actor, at=at)
    with _stage(progress, "整理统计"), connections[OWNER].cursor() as cursor:
        # The planner must know the new rows; only the owner may ask for that.
        cursor.execute("ANALYZE index_score, index_counter, divisions_servicebody")


def _write(order: Order, areas: Sequence[AreaView], progress: Progress) -> None:
    within, rates = setting.villages(areas), setting.rates(areas, order.on)
    parts = shares(within, seed=order.seed, households=order.households)
    families = progress.add_task("登记家庭", total=order.households)
    checking = progress.add_task("核对与索引", total=1, start=False)
    for written in write(parts, within, rates, seed=order.seed, on=order.on):
        progress.advance(families, written)
        if not written:
            progress.start_task(checking)
    progress.advance(checking)


def _mark_made(order: Order, *, by: Actor, at: datetime) -> None:
    day = order.on.isoformat()
    record(VERB, kind="demo", key=order.key, area_code=CITY, by=by, at=at, reason=day)


@contextmanager
def _stage(progress: Progress, name: str) -> Iterator[None]:
    task = progress.add_task(name, total=None)
    yield
    progress.update(task, total=1, completed=1)


def bars() -> Progress:
    """Give the progress bars of the making."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
