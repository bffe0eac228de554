"""Makes the city, once for a seed and size: families, scores, bodies, people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connections
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from yangguang.aid.index.actions import score_area
from yangguang.faces.demo import pictures, setting
from yangguang.faces.demo.city.making import city
from yangguang.faces.demo.writing import write
from yangguang.foundation.audit.actions import record
from yangguang.foundation.audit.queries import last_record
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import acting, system

SCOPE = "3701"
CITY = "370100000000"
VERB = "demo.make"


class AnotherCity(Refusal):
    """A city of another seed or size stands here already."""


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

    Raises `AnotherCity` when a city of another seed or size stands in this database.
    """
    with acting(system(SCOPE)) as actor:
        found = last_record(VERB)
        if found is not None and found.object_key != order.key:
            raise AnotherCity(
                f"这里已有另一座演示城市（{found.object_key}）。"
                "加 --fresh 清空后重造，或把 YANGGUANG_STATE 指到别的文件夹。"
            )
    if found is None:
        _make(order, at=at, progress=progress)
    elif found.reason != order.on.isoformat():
        task = progress.add_task("重新计算到今天", total=None)
        with acting(system(SCOPE)) as actor:
            score_area(SCOPE, on=order.on, by=actor, at=at)
        progress.update(task, total=1, completed=1)
    return found is None


def _make(order: Order, *, at: datetime, progress: Progress) -> None:
    families = progress.add_task("登记家庭", total=order.households)
    with acting(system(SCOPE)) as actor:
        areas = setting.areas_of_2011()
        homes = city(
            setting.villages(areas),
            setting.rates(order.on),
            seed=order.seed,
            on=order.on,
            households=order.households,
        )
        for written in write(homes, on=order.on):
            progress.advance(families, written)
        setting.appoint_people(on=date(2011, 6, 14), by=actor, at=at)
    _analyse()
    scoring = progress.add_task("计算指数", total=None)
    with acting(system(SCOPE)) as actor:
        score_area(SCOPE, on=order.on, by=actor, at=at)
        progress.update(scoring, total=1, completed=1)
        setting.open_all_bodies(areas, seed=order.seed, by=actor, at=at)
        pictures.draw(seed=order.seed, by=actor, at=at)
        record(
            VERB, kind="demo", key=order.key, area_code=CITY, by=actor, at=at,
            reason=order.on.isoformat(),
        )  # fmt: skip
    _analyse()


def _analyse() -> None:
    """Let the planner know the new rows; only the owner may ask for that."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def bars() -> Progress:
    """Give the progress bars of the making."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
