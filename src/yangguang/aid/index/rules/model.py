"""The model of the index as data: what a city signs; no expression is ever part of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date

from yangguang.aid.index.rules.reading import Curve

DIMENSIONS = ("economy", "health", "labour", "education", "housing", "shock", "structure")


@dataclass(frozen=True, slots=True)
class Facts:
    """How facts are read on a date: fading in days, ages in completed years, spending ratios.

    `income_floor_months`: Y′ is never below so many monthly standards a head. All ages but these
    curves and months are used when frames are gathered.
    """

    unit: str
    reference: str
    fade_days: int
    income_floor_months: float
    child_under: int
    minor_under: int
    elder_from: int
    alone_from: int
    aged_from: int
    without_labour_grades: tuple[int, ...]
    without_labour_mind_grades: tuple[int, ...]
    spending: Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What every indicator states: its name, weight (of 100) and dimension."""

    name: str
    weight: float
    dimension: str
    unit: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Living(Indicator):
    """What is left to live on, as a multiple of the low-income standard."""

    knots: Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Ill(Indicator):
    """Points a member; the largest in full, the others by a share, up to a cap."""

    severe: float
    chronic: float
    others: float
    cap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Disabled(Indicator):
    """Points a member by grade; `grade_3_mind` for the intellectual and the mental kind."""

    grade_1: float
    grade_2: float
    grade_3: float
    grade_3_mind: float
    grade_4: float
    others: float
    cap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Labour(Indicator):
    """Points when no member has labour power."""

    all_without: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment(Indicator):
    """Points when no able member is employed, and the factor of the unemployed share otherwise."""

    none_employed: float
    part_employed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Education(Indicator):
    """Points a student: `upper` beyond compulsory education, `lower` up to it."""

    upper: float
    lower: float
    cap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Housing(Indicator):
    """Points of which the largest counts."""

    grade_d: float
    grade_c: float
    no_home: float
    rented: float
    borrowed: float
    small: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sudden(Indicator):
    """Points of one event: the main worker's death, or the loss over a year's income."""

    main_worker_died: float
    knots: Curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure(Indicator):
    """Points of which the largest counts."""

    unsupported_child: float
    alone: float
    single_parent: float
    only_child_lost: float
    aged: float


@dataclass(frozen=True, slots=True)
class Indicators:
    """The nine, in the order of their numbers."""

    living: Living
    illness: Ill
    disability: Disabled
    labour: Labour
    employment: Employment
    education: Education
    housing: Housing
    shock: Sudden
    structure: Structure

    def __iter__(self) -> Iterator[Indicator]:
        """Give the nine in order."""
        return (getattr(self, part.name) for part in fields(self))


@dataclass(frozen=True, slots=True)
class Local:
    """A county's own indicator: one of the nine type measures, before aid, with a weight."""

    name: str
    measure: str
    weight: float
    reference: str


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points for hardship in many dimensions at once."""

    unit: str
    reference: str
    knots: Curve
    beyond: float
    points: float
    deprived_from: float


@dataclass(frozen=True, slots=True)
class Gate:
    """The factor by property."""

    unit: str
    reference: str
    within: float
    edge: float
    over: float


@dataclass(frozen=True, slots=True)
class Floor:
    """H = base + share·H for those whom the State keeps; `orphan_income` in standards."""

    unit: str
    reference: str
    base: float
    share: float
    orphan_income: float


@dataclass(frozen=True, slots=True)
class Bands:
    """The lower ends of the four upper bands of H."""

    unit: str
    reference: str
    extreme: float
    heavy: float
    moderate: float
    ordinary: float


@dataclass(frozen=True, slots=True)
class Relief:
    """How aid lowers the index: at most `cap`, `slope` for aid that meets the year's need."""

    unit: str
    reference: str
    cap: float
    slope: float
    need_months: float
    need_line: float
    need_floor_months: float


@dataclass(frozen=True, slots=True)
class Blend:
    """The weights by which an indicator's points and a spending ratio make a type index."""

    points: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Elderly:
    """Points of the type index of old age, largest first."""

    alone: float
    all_elder: float
    aged: float
    elder: float


@dataclass(frozen=True, slots=True)
class Family:
    """Points of the type index of marriage and family, largest first."""

    unsupported_child: float
    single_parent: float
    only_child_lost: float
    bereft: float


@dataclass(frozen=True, slots=True)
class Types:
    """How the nine type indices are made."""

    unit: str
    reference: str
    cap: float
    slope: float
    medical: Blend
    education: Blend
    elderly: Elderly
    family: Family


@dataclass(frozen=True, slots=True)
class Flags:
    """The lines of 疑似漏救: income in standards, H in points."""

    unit: str
    reference: str
    missed_income: float
    missed_hardship: float


@dataclass(frozen=True, slots=True)
class Rounding:
    """Decimals to which every score is rounded before it is stored, compared or printed."""

    unit: str
    reference: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Content:
    """A model file, as it stands."""

    version: str
    name: str
    effective: date
    sample: bool
    reference: str
    note: str
    facts: Facts
    indicators: Indicators
    local: tuple[Local, ...]
    bonus: Bonus
    gate: Gate
    floor: Floor
    bands: Bands
    aid: Relief
    types: Types
    flags: Flags
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class Model(Content):
    """A checked model; `digest` is the SHA-256 of its content, whatever the file's layout."""

    digest: str = field(default="", compare=False)

    def __hash__(self) -> int:
        """Let caches be keyed by the content."""
        return hash(self.digest)
