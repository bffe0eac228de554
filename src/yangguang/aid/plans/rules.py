"""Who is reached by a budget drawn down the ranking, with how much, and who is just below."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, Protocol

from yangguang.aid.plans.types import TRANSITIONS, AmountRule, Exclusion, PlanStatus
from yangguang.foundation.catalogue.types import AidBasis, AidType
from yangguang.foundation.kernel.money import Fen, format_fen, share
from yangguang.foundation.kernel.refusals import Refusal

MARGIN = 50

MOST_ROWS: Final = 500
"""How many families one person may take out alone; a longer list needs a second person's word."""

GRANTED_FOR: Final = timedelta(hours=24)
"""How long a granted export may be taken."""

# Only these types have a kind of self-paid spending of their own.
SPENDING_TYPES = (AidType.MEDICAL, AidType.EDUCATION, AidType.DISABILITY)


class NotByRank(Refusal):
    """The aid item is an entitlement: it is paid by decision, to all, never by rank."""


class AmountUnfit(Refusal):
    """The amount rule or the budget makes no sense."""


class OverBudget(Refusal):
    """The list would cost more than the budget."""


class StatusUnfit(Refusal):
    """The plan is not in the state in which the verb is possible."""


class SamePerson(Refusal):
    """四眼原则: who drew, submitted or changed the list wants to approve it."""


class ReasonMissing(Refusal):
    """A change by hand, or a return, came without a reason."""


class FamiliesChanged(Refusal):
    """Families of the list have left, moved or been helped since it was drawn."""

    def __init__(self, changes: list[tuple[str, str]]) -> None:
        """Keep (household number, what happened) pairs; the message names the first five."""
        self.changes = changes
        named = "；".join(f"户编号{number}：{what}" for number, what in changes[:5])
        more = f"；等共{len(changes)}户" if len(changes) > 5 else ""
        super().__init__(f"名单中有家庭情况已变化，未审批。{named}{more}。请退回，重新生成名单。")


class EmptyList(Refusal):
    """Nobody is on the list."""


class NotInArea(Refusal):
    """The area, plan or household lies outside the actor's scope or the plan's area."""


class SecondPersonNeeded(Refusal):
    """A long list is exported only with another person's consent."""


class Candidate(Protocol):
    """A family of the ranking, as the index gives it; `spending_fen` of the plan's type, a year."""

    @property
    def household_id(self) -> int: ...
    @property
    def number(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def members(self) -> int: ...
    @property
    def spending_fen(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a family gets.

    `value` is fen for a fixed amount and per counted member; per mille of the type's yearly
    self-paid spending for a share, within floor and cap in fen (0: none).
    """

    rule: AmountRule
    value: int
    floor_fen: int = 0
    cap_fen: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One family on the list: rank within the area's list, index value, amount in fen."""

    household_id: int
    number: str
    position: int
    value: float
    amount_fen: int
    is_included: bool
    exclusion: Exclusion | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The line: who is just above and just below, what is left and what one more would need.

    `below` None: the list ends before the money. `gap` is by how much the index of the first below
    is lower; `missing_fen` what the budget lacks for it. Amounts in fen.
    """

    families: int
    total_fen: int
    left_fen: int
    above: Line | None
    below: Line | None
    passed_over: int

    @property
    def gap(self) -> float | None:
        """Give the difference of the index across the line, None without two sides."""
        if self.above is None or self.below is None:
            return None
        return round(self.above.value - self.below.value, 9)

    @property
    def missing_fen(self) -> int:
        """Give what one more family would need beyond what is left, fen; 0 without a next one."""
        return 0 if self.below is None else self.below.amount_fen - self.left_fen


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn list: the families above the line, those passed over, some below; and the line."""

    lines: list[Line]
    cut: Cut


@dataclass(slots=True)
class _Drawing:
    """The state of one drawing."""

    left_fen: int
    lines: list[Line] = field(default_factory=list)
    included: int = 0
    passed_over: int = 0
    above: Line | None = None


def amount_for(candidate: Candidate, *, amount: Amount) -> int:
    """Give a family's amount in fen; 0 when there is no spending to share in.

    A share is rounded to the nearest fen, then raised to the floor and held to the cap; the floor
    goes to no family without spending.
    """
    if amount.rule == AmountRule.FIXED:
        return amount.value
    if amount.rule == AmountRule.PER_HEAD:
        return amount.value * candidate.members
    if candidate.spending_fen <= 0:
        return 0
    fen = max(share(Fen(candidate.spending_fen), amount.value, 1000), amount.floor_fen)
    return min(fen, amount.cap_fen) if amount.cap_fen else fen


def draw(
    ranking: Iterable[Candidate],
    *,
    budget_fen: int,
    amount: Amount,
    helped: Collection[int] = frozenset(),
    aside: Collection[int] = frozenset(),
    margin: int = MARGIN,
) -> Drawn:
    """Draw a budget (fen) down the ranking: whole families, in order, until one no longer fits.

    The first family that does not fit ends the list: a smaller amount further down never overtakes
    it. `helped` had the same item lately and are passed over with that ground, as are those without
    spending; `aside` were put in or taken out by hand and take no part. Reads the ranking no
    further than `margin` families below the line.
    """
    drawing = _Drawing(left_fen=budget_fen)
    # At least one is read: without it nobody knows where the line is.
    below = list(islice(_drawn(ranking, drawing, amount, helped, aside), max(margin, 1)))
    cut = Cut(
        families=drawing.included,
        total_fen=budget_fen - drawing.left_fen,
        left_fen=drawing.left_fen,
        above=drawing.above,
        below=below[0] if below else None,
        passed_over=drawing.passed_over,
    )
    return Drawn(drawing.lines + below, cut)


def _drawn(
    ranking: Iterable[Candidate],
    drawing: _Drawing,
    amount: Amount,
    helped: Collection[int],
    aside: Collection[int],
) -> Iterator[Line]:
    """Fill the drawing down to the line, then give what comes below it."""
    is_open = True
    for position, candidate in enumerate(ranking, 1):
        if candidate.household_id in aside:
            continue
        line = _line(candidate, position, amount, helped)
        is_open = is_open and (line.exclusion is not None or line.amount_fen <= drawing.left_fen)
        if is_open:
            _take(drawing, line)
        else:
            yield line


def _take(drawing: _Drawing, line: Line) -> None:
    if line.exclusion is not None:
        drawing.passed_over += 1
        drawing.lines.append(line)
        return
    drawing.above = Line(
        line.household_id, line.number, line.position, line.value, line.amount_fen, True
    )
    drawing.lines.append(drawing.above)
    drawing.included += 1
    drawing.left_fen -= line.amount_fen


def _line(candidate: Candidate, position: int, amount: Amount, helped: Collection[int]) -> Line:
    fen = amount_for(candidate, amount=amount)
    exclusion = None
    if candidate.household_id in helped:
        exclusion = Exclusion.SAME_ITEM
    elif fen == 0:
        exclusion = Exclusion.NO_SPENDING
    return Line(
        candidate.household_id, candidate.number, position, candidate.value, fen, False, exclusion
    )


def demand_by_rank(basis: AidBasis, *, name: str) -> None:
    """Accept aid that has a budget. Raises `NotByRank` for an entitlement.

    依法应保尽保的待遇不按指数取舍: 低保, 特困, orphans and the two disability subsidies are due to
    all who qualify.
    """
    if basis == AidBasis.ENTITLEMENT:
        raise NotByRank(
            f"“{name}”是依法应保尽保的待遇，按审批决定全部发放，不能按预算和排序取舍。"
            "请选择按预算限额发放的事项。"
        )


def demand_amount(amount: Amount, *, type: AidType | None, budget_fen: int) -> None:
    """Accept an amount rule and a budget (fen) that make sense. Raises `AmountUnfit`."""
    if budget_fen <= 0:
        raise AmountUnfit("预算应大于0元。请填写预算金额。")
    if amount.value <= 0 or min(amount.floor_fen, amount.cap_fen) < 0:
        raise AmountUnfit("金额或比例应大于0。请核对金额规则。")
    if amount.rule != AmountRule.SHARE_OF_SPENDING:
        return
    if type not in SPENDING_TYPES:
        raise AmountUnfit("按自付支出比例发放，只适用于医疗、教育、残疾（康复）类型。请另选规则。")
    if amount.value > 1000:
        raise AmountUnfit("比例不能超过100%（千分之1000）。请核对比例。")
    if amount.cap_fen and amount.cap_fen < amount.floor_fen:
        raise AmountUnfit("最高金额低于最低金额。请核对金额规则。")


def demand_within(total_fen: int, *, budget_fen: int) -> None:
    """Accept a total that the budget covers, fen. Raises `OverBudget` with the difference."""
    if total_fen > budget_fen:
        over = format_fen(Fen(total_fen - budget_fen))
        raise OverBudget(f"超出预算{over}元，未保存。请先增加预算，或移出其他家庭。")


def demand_transition(status: PlanStatus, to: PlanStatus) -> None:
    """Accept a step of the table of transitions. Raises `StatusUnfit`."""
    if to not in TRANSITIONS[status]:
        raise StatusUnfit(f"方案目前“{status.label}”，不能改为“{to.label}”。请刷新后查看最新状态。")


def demand_editable(status: PlanStatus) -> None:
    """Accept a plan whose list may change. Raises `StatusUnfit`."""
    if status not in (PlanStatus.DRAFT, PlanStatus.RETURNED):
        raise StatusUnfit(f"方案目前“{status.label}”，名单已锁定，不能修改。请先由审批人退回。")


def demand_another(approver: int, *, touched_by: Collection[int | None]) -> None:
    """Accept an approver who has had no hand in the list. Raises `SamePerson`."""
    if approver in touched_by:
        raise SamePerson("您拟定、提交或调整过这份名单，不能由您审批。请由另一位审批人办理。")


def demand_reason(reason: str) -> str:
    """Give the reason without blanks at its ends. Raises `ReasonMissing`: none, or over 200."""
    text = reason.strip()
    if not text:
        raise ReasonMissing("没有填写理由。请写明理由后再提交，理由会留痕备查。")
    if len(text) > 200:
        raise ReasonMissing(f"理由有{len(text)}字，最多200字。请精简后再提交。")
    return text


def needs_second(rows: int) -> bool:
    """Tell whether a list is too long for one person to take it out alone."""
    return rows > MOST_ROWS


def is_open(decided_at: datetime | None, *, at: datetime) -> bool:
    """Tell whether a grant may still be used: for 24 hours."""
    return decided_at is not None and at < decided_at + GRANTED_FOR


def demand_consenter(decider: int, *, asked_by: int) -> None:
    """Raise `SamePerson` when somebody wants to consent to an export of his own."""
    if decider == asked_by:
        raise SamePerson("不能审定本人的导出申请。请由另一名有导出权限的人员审定。")
