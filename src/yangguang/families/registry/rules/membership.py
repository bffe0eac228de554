"""Who belongs to a household, and which changes of it are changes at all."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from yangguang.families.registry.rules.entries import MemberEntry
from yangguang.families.registry.rules.refusals import InvalidChange, InvalidEntry, NewHeadNeeded
from yangguang.families.registry.types import MembershipEnd, MembershipStart, Relation

R = Relation
# What each member is to the new head, by what the new head and the member were to the old one.
# What is not listed cannot be told from these words alone and becomes 其他关系.
_TURNED: dict[Relation, dict[Relation, Relation]] = {
    R.SPOUSE: {R.HEAD: R.SPOUSE, R.CHILD: R.CHILD, R.GRANDCHILD: R.GRANDCHILD,
               R.CHILD_IN_LAW: R.CHILD_IN_LAW},
    R.CHILD: {R.HEAD: R.PARENT, R.SPOUSE: R.PARENT, R.CHILD: R.SIBLING, R.PARENT: R.GRANDPARENT},
    R.PARENT: {R.HEAD: R.CHILD, R.SPOUSE: R.CHILD_IN_LAW, R.CHILD: R.GRANDCHILD,
               R.SIBLING: R.CHILD, R.PARENT: R.SPOUSE},
    R.SIBLING: {R.HEAD: R.SIBLING, R.SIBLING: R.SIBLING, R.PARENT: R.PARENT,
                R.GRANDPARENT: R.GRANDPARENT},
    R.GRANDCHILD: {R.HEAD: R.GRANDPARENT, R.SPOUSE: R.GRANDPARENT},
    R.GRANDPARENT: {R.HEAD: R.GRANDCHILD},
}  # fmt: skip

ADDING = (
    MembershipStart.BIRTH, MembershipStart.MARRIAGE, MembershipStart.ADOPTION,
    MembershipStart.MOVED_IN, MembershipStart.REGISTERED,
)  # fmt: skip
# Split and merge have verbs of their own.
ENDING = tuple(
    end for end in MembershipEnd if end not in (MembershipEnd.SPLIT, MembershipEnd.MERGED)
)
# Not 共同生活的家庭成员 (最低生活保障审核确认办法): in prison or declared missing.
NOT_COUNTED = (MembershipEnd.IMPRISONED, MembershipEnd.MISSING)


def turned(new_head_was: Relation, member_was: Relation) -> Relation:
    """Give a member's relation to a new head, both told by what they were to the old head."""
    return _TURNED.get(new_head_was, {}).get(member_was, Relation.OTHER)


def check_members(members: Sequence[MemberEntry]) -> int:
    """Give the place of the head. Raises `InvalidEntry` unless there is exactly one."""
    heads = [place for place, member in enumerate(members) if member.relation == Relation.HEAD]
    if not members:
        raise InvalidEntry("家庭至少要有一名成员。请先填写户主。")
    if len(heads) != 1:
        what = "没有户主" if not heads else f"有{len(heads)}名户主"
        raise InvalidEntry(f"这户{what}。请指定且只指定一名户主。")
    numbers = [member.person.number for member in members if member.person.number]
    if len(set(numbers)) < len(numbers):
        raise InvalidEntry("同一户内有两名成员的身份证号相同。请逐一核对证件。")
    return heads[0]


def check_day(on: date, *, today: date, since: date | None = None) -> None:
    """Raise `InvalidChange` for a day in the future or before what is changed began."""
    if on > today:
        raise InvalidChange(f"日期{on:%Y-%m-%d}还没有到。请填写实际发生的日期。")
    if since is not None and on < since:
        raise InvalidChange(f"日期{on:%Y-%m-%d}早于加入日期{since:%Y-%m-%d}。请核对两个日期。")


def check_leaving(
    leaving: Iterable[int], *, members: Collection[int], head: int, new_head: int | None
) -> list[int]:
    """Give the persons who stay; the last one may leave, and the household then closes.

    Raises `InvalidChange` when somebody who leaves is no member or a new head is named needlessly,
    `NewHeadNeeded` when the head leaves others without a new head among them.
    """
    gone = set(leaving)
    if not gone <= set(members):
        raise InvalidChange("所选人员不是这户的现有成员。请刷新页面后重新选择。")
    staying = [person for person in members if person not in gone]
    if staying and head in gone and new_head not in staying:
        raise NewHeadNeeded("户主退出后家中还有其他成员。请在留下的成员中指定新户主。")
    if new_head is not None and head not in gone:
        raise InvalidChange("户主没有退出，不需要指定新户主。如要更换户主，请办理户主变更。")
    return staying


def check_split(leaving: Collection[int], *, members: Collection[int], head_of_new: int) -> None:
    """Refuse a 分户 that takes everybody or nobody, or whose head is not among those who leave."""
    if not leaving:
        raise InvalidChange("没有选择分出的成员。请至少选择一人。")
    if set(leaving) == set(members):
        raise InvalidChange("全家一起搬走不是分户。请办理迁移。")
    if head_of_new not in leaving:
        raise NewHeadNeeded("新户的户主应是分出的成员之一。请重新指定。")


def check_holder(members: Sequence[MemberEntry], holder: int) -> None:
    """Refuse an account whose holder is no member. Raises `InvalidEntry`."""
    if not 0 <= holder < len(members):
        raise InvalidEntry("持卡人不是这户的成员。请重新选择持卡人。")
