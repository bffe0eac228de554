"""The history of a household: who did what, when, in the words of the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.families.registry.queries.views import HistoryLine, HouseholdPage
from yangguang.families.registry.types import MembershipEnd
from yangguang.foundation.accounts.rules.roles import ROLES

VERBS: Mapping[str, object] = MappingProxyType(
    {
        "register_household": gettext_lazy("登记家庭"),
        "correct_household": gettext_lazy("更正基本信息"),
        "correct_household_facts": gettext_lazy("更正住房、收入、支出或家庭状况"),
        "correct_person": gettext_lazy("更正成员姓名或民族"),
        "correct_person_facts": gettext_lazy("更正成员情况"),
        "correct_membership": gettext_lazy("更正成员身份"),
        "record_shock": gettext_lazy("登记突发事件"),
        "record_asset": gettext_lazy("登记财产"),
        "record_supporter": gettext_lazy("登记赡养义务人"),
        "remove_record": gettext_lazy("删除登记有误的记录"),
        "add_member": gettext_lazy("添加成员"),
        "readmit_member": gettext_lazy("成员转入"),
        "end_membership": gettext_lazy("成员退出"),
        "split_household": gettext_lazy("分户"),
        "merge_households": gettext_lazy("合户"),
        "change_head": gettext_lazy("户主变更"),
        "move_household": gettext_lazy("迁移"),
        "close_household": gettext_lazy("退出登记"),
        "recognise": gettext_lazy("登记保障认定"),
        "end_recognition": gettext_lazy("终止保障认定"),
        "set_account": gettext_lazy("登记一卡通账户"),
        "replace_temporary_number": gettext_lazy("补登身份证号"),
        "add_photo": gettext_lazy("上传照片"),
        "reveal": gettext_lazy("查看完整内容"),
    }
)
"""The words of every verb that the trail keeps under a household."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history."""

    at: datetime
    words: str
    post: str
    who: str
    reason: str


def story(file: HouseholdPage, lines: list[HistoryLine]) -> tuple[Event, ...]:
    """Tell the trail, the latest first, and how the household came onto the register."""
    told = [_event(line) for line in lines]
    if not any(line.verb.endswith(".register_household") for line in lines):
        told.append(Event(file.registered_at, _("登记家庭"), "", "", ""))
    return tuple(told)


def _event(line: HistoryLine) -> Event:
    verb = line.verb.rpartition(".")[2]
    role = ROLES.get(line.actor_role)
    post = _(role.label) if role else ""
    # The system's own name is a word, not a person's.
    who = _("系统") if line.actor_role == "system" else line.actor_name
    return Event(line.at, str(VERBS.get(verb, _("其他办理"))), post, who, line.reason)


def left(end_reason: str) -> str:
    """Give the words for why a member left."""
    return _(MembershipEnd(end_reason).label)
