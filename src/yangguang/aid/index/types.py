"""What the index reads and gives: a household's facts and its score, in the JSON vocabulary."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from yangguang.families.registry.types import (
    Category,
    DisabilityKind,
    DwellingGrade,
    Illness,
    Marital,
    PropertyStatus,
    ShockKind,
    Student,
    Tenure,
)
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.kernel.choices import Choices


class Band(Choices):
    """困难程度级别, heaviest first; stored by number 1 to 5 in this order."""

    EXTREME = "extreme", "极度困难"
    HEAVY = "heavy", "重度困难"
    MODERATE = "moderate", "中度困难"
    ORDINARY = "ordinary", "一般困难"
    WATCH = "watch", "关注"


class CounterKind(Choices):
    """计数: what a counter counts within an area."""

    BUCKET = "bucket", "指数分段"
    BAND = "band", "困难程度分段"
    FLAG = "flag", "标记分段"


type Yuan = Annotated[float, Meta(ge=0, le=1e12)]
type Positive = Annotated[float, Meta(gt=0, le=1e9)]
type Day = date


class Spend(Struct, frozen=True, forbid_unknown_fields=True):
    """Self-paid rigid spending of the last twelve months, yuan a household."""

    medical: Yuan
    education: Yuan
    rehabilitation: Yuan
    other: Yuan


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    """One counted member; `disability_kind` and `disability_grade` are both set or both None."""

    born: Day
    illness: Illness | None
    disability_kind: DisabilityKind | None
    disability_grade: Annotated[int, Meta(ge=1, le=4)] | None
    student: Student | None
    employed: bool
    unable_to_work: bool
    marital: Marital
    unsupported_child: bool


class Shock(Struct, frozen=True, forbid_unknown_fields=True):
    """One sudden event; `loss` in yuan a household."""

    kind: ShockKind
    date: Day
    loss: Yuan
    main_worker_died: bool


class Aid(Struct, frozen=True, forbid_unknown_fields=True):
    """One aid entry that counts in the index; payments as (date, yuan), `promised` in yuan."""

    type: AidType
    continuing: bool
    stopped: Day | None
    failed: bool
    promised: Yuan
    payments: tuple[tuple[Day, Yuan], ...]


class Household(Struct, frozen=True, forbid_unknown_fields=True):
    """The facts of one household; `standard` yuan a head and month, `income` yuan a year.

    `category` is None unless the household is 特困, orphan or 事实无人抚养儿童, which alone decide
    the floor; areas in square metres.
    """

    number: Annotated[str, Meta(min_length=1)]
    standard: Positive
    income: Yuan
    spend: Spend
    dwelling_grade: DwellingGrade | None
    tenure: Tenure
    floor_area: Yuan | None
    area_line: Positive
    shocks: tuple[Shock, ...]
    single_parent: bool
    only_child_lost: bool
    property: PropertyStatus
    category: Literal["tekun", "orphan", "unsupported_child"] | None
    aid: tuple[Aid, ...]
    members: Annotated[tuple[Member, ...], Meta(min_length=1)]


class Score(Struct, frozen=True, rename={"h": "H", "v": "V", "b": "B", "a": "A"}):
    """The score of one household, every number rounded to the model's decimals.

    `points` by indicator number "1" to "9"; `types` after aid; V and B in yuan a year.
    """

    number: str
    points: dict[str, float]
    deprived: int
    h: float
    v: float
    b: float
    a: float
    types: dict[str, float]


class Entry(Struct, frozen=True):
    """What the register knows of a household beyond its facts, for the order and the flags.

    `accepted` in microseconds since 1970 (UTC); `category` any code of the register; `payers` one
    (payer, discretionary) for each aid entry, in the household's order.
    """

    household: Household
    accepted: int
    category: Category | None
    payers: tuple[tuple[str, bool], ...]


class Standing(Struct, frozen=True):
    """A score with what the order of families needs, and the two flags that facts alone decide.

    `left` is y − r and `y` the income, yuan a head and month; `band` 1 (极度) to 5 (关注); `e` the
    bonus sum; `order_key` sorts ascending, as C-collated text, as the model orders families.
    """

    score: Score
    e: float
    left: float
    y: float
    band: int
    last_payment: date | None
    missed: bool
    overlap: bool
    order_key: str
