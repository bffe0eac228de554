"""Why a change of the e-file is refused, in words for the clerk."""

from dataclasses import dataclass

from yangguang.foundation.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Holder:
    """Who already has a number, as far as the clerk's scope lets it be seen."""

    person_id: int
    name: str
    household_id: int | None
    household_number: str
    head_name: str
    area_name: str


class OutsideScope(Refusal):
    """The household lies outside the actor's area."""


class NotFound(Refusal):
    """No such record is visible in the actor's scope."""


class ChangedMeanwhile(Refusal):
    """Somebody else changed the household after this clerk opened it."""

    def __init__(self, expected: int, found: int) -> None:
        """Keep both versions."""
        self.expected, self.found = expected, found
        super().__init__("您打开后，这户资料已被他人更正。为免覆盖，请刷新页面核对后再提交。")


class AlreadyRegistered(Refusal):
    """An identity number is on the register; `holder` is None outside the actor's scope."""

    def __init__(self, name: str, holder: Holder | None, place: int | None = None) -> None:
        """Name the entry; `place` is its position among what was given, when known."""
        self.name, self.holder, self.place = name, holder, place
        where = (
            f"已登记在{holder.area_name}{holder.head_name}户"
            f"（户编号{holder.household_number or '无'}），"
            f"登记姓名为{holder.name}。请核对是否同一人，同一人请办理迁入或合户"
            if holder
            else "已在其他区划登记。请报上级民政部门核对后办理迁移"
        )
        super().__init__(f"“{name}”的身份证号{where}。")


class NumberTaken(Refusal):
    """A real number belongs to another person: `mine` and `other` are shown side by side."""

    def __init__(self, mine: Holder, other: Holder | None) -> None:
        """Keep both sides; `other` is None when it lies outside the scope."""
        self.mine, self.other = mine, other
        whose = f"{other.area_name}的{other.name}" if other else "其他区划的人员"
        super().__init__(
            f"该身份证号已属于{whose}，不能再用于{mine.name}。请并列核对两份档案，"
            "确属同一人的，把其中一份按“登记错误”退出。"
        )


class HouseholdNumberTaken(Refusal):
    """The roster's own household number is in use, or has the form of the system's numbers."""


class InvalidEntry(Refusal):
    """What was given cannot be a household: no head, two heads, no member, a wrong date."""


class NewHeadNeeded(Refusal):
    """The head leaves and others stay: a new head has to be named."""


class InvalidChange(Refusal):
    """A change that the state of the household does not allow."""
