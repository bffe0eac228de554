"""What a made family is: the same words as the e-file, in plain lists."""

from dataclasses import dataclass, field
from datetime import date

from yangguang.families.registry.types import (
    Category,
    DisabilityKind,
    DwellingGrade,
    Illness,
    Marital,
    Occupation,
    PropertyStatus,
    RegisterType,
    Relation,
    Sex,
    ShockKind,
    Student,
    Tenure,
)
from yangguang.foundation.catalogue.types import AidKind, AidType


@dataclass(frozen=True, slots=True)
class Place:
    """A village or neighbourhood with the names above it."""

    code: str
    name: str
    town: str
    county: str

    @property
    def is_village(self) -> bool:
        """Tell a village (201 and above) from a neighbourhood (统计用区划代码)."""
        return self.code[9] >= "2"


@dataclass(slots=True)
class Soul:
    """One made person; incomes in fen a month."""

    relation: Relation
    sex: Sex
    age: int
    marital: Marital
    born: date = date.min
    surname: str = ""
    name: str = ""
    pinyin: str = ""
    initials: str = ""
    number: str = ""
    ethnic: str = "汉族"
    illness: Illness | None = None
    disease: str = ""
    disability_kind: DisabilityKind | None = None
    disability_grade: int | None = None
    card: bool = False
    student: Student | None = None
    school: str = ""
    employed: bool = False
    occupation: Occupation = Occupation.ELDERLY
    employer: str = ""
    monthly_fen: int = 0
    unable: bool = False
    self_care_failed: int | None = None
    unsupported: bool = False

    @property
    def without_labour(self) -> bool:
        """Tell whether this person cannot be expected to earn: age, schooling, disability."""
        grade, mind = self.disability_grade, self.disability_kind in MIND
        return (
            self.age < 16
            or self.age >= 60
            or self.student is not None
            or self.unable
            or (grade is not None and (grade <= 2 or (grade == 3 and mind)))
        )


MIND = (DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL)


@dataclass(slots=True)
class Event:
    """A sudden event; loss in fen."""

    kind: ShockKind
    on: date
    loss_fen: int
    main_worker_died: bool
    detail: str


@dataclass(slots=True)
class Relative:
    """A supporter who lives elsewhere; amounts in fen, income a year, support a month."""

    name: str
    relation: str
    size: int
    income_fen: int
    support_fen: int


@dataclass(slots=True)
class Given:
    """One aid of the past year; a continuing one is paid on the tenth of every month.

    `started` is the day of the decision, or of the one payment; `payment` is (day, fen) of one-off
    aid, `monthly_fen` what continuing aid pays.
    """

    item: str
    type: AidType
    kind: AidKind
    payer: str
    discretionary: bool
    reference: str
    started: date
    monthly_fen: int = 0
    payment: tuple[date, int] | None = None
    donated: bool = False


@dataclass(slots=True)
class Home:
    """One made household with its members, facts and past aid; amounts in fen.

    `surname` is that of the male line, which children carry.
    """

    number: str
    place: Place
    register_type: RegisterType
    members: list[Soul]
    standard_fen: int
    surname: str = ""
    address: str = ""
    group: str = ""
    register_area: str = ""
    register_address: str = ""
    phone: str = ""
    bank: str = ""
    account_number: str = ""
    registered: date = date.min
    reviewed: date = date.min
    single_parent: bool = False
    only_child_lost: bool = False
    cadre_relative: bool = False
    finding: PropertyStatus = PropertyStatus.WITHIN
    deposit_fen: int = 0
    vehicle_fen: int = 0
    incomes: dict[str, int] = field(default_factory=dict)
    spendings: dict[str, int] = field(default_factory=dict)
    causes: list[str] = field(default_factory=list)
    tenure: Tenure = Tenure.OWNED
    grade: DwellingGrade | None = None
    floor_area: float | None = None
    rooms: int | None = None
    utilities_fen: int = 0
    phone_fen: int = 0
    land_mu: float = 0.0
    livestock: str = ""
    shocks: list[Event] = field(default_factory=list)
    relatives: list[Relative] = field(default_factory=list)
    category: Category | None = None
    monthly_fen: int = 0
    decided: date | None = None
    given: list[Given] = field(default_factory=list)

    @property
    def head(self) -> Soul:
        """The head, who is the first member."""
        return self.members[0]

    @property
    def income_fen(self) -> int:
        """Counted income of twelve months."""
        return sum(self.incomes.values())

    @property
    def left_fen(self) -> int:
        """What is left a head and month after rigid spending, before any aid."""
        spent = sum(self.spendings.values())
        return (self.income_fen - spent) // 12 // len(self.members)
