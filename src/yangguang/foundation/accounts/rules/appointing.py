"""When a post may be proposed, and by whom it may be decided."""

import re
from datetime import date, timedelta

from yangguang.foundation.accounts.rules.roles import ROLES
from yangguang.foundation.divisions.types import Level
from yangguang.foundation.kernel.refusals import Refusal

LONGEST_DELEGATION = timedelta(days=92)
"""A delegation is for leave and holidays; who is away for longer is replaced by an appointment."""

_USERNAME = re.compile(r"[a-z][a-z0-9_.-]{1,38}")


class RoleNotAtLevel(Refusal):
    """The role does not exist at the level of the area."""


class WrongPeriod(Refusal):
    """The days of a post do not fit."""


class WrongUsername(Refusal):
    """The log-in name is not one."""


class FourEyes(Refusal):
    """The person who decides had a hand in the proposal, or would gain by it."""


def demand_level(role: str, level: Level, area_name: str) -> None:
    """Raise `RoleNotAtLevel` for, say, a county planner of a village."""
    if level not in ROLES[role].levels:
        raise RoleNotAtLevel(
            f"“{ROLES[role].label}”不设在{area_name}这一级。请选择与岗位级别相符的区划。"
        )


def demand_username(username: str) -> None:
    """Raise `WrongUsername` unless a log-in name is 2 to 39 small letters, digits and _.-"""
    if not _USERNAME.fullmatch(username):
        raise WrongUsername(
            "登录名须以小写字母开头，只含小写字母、数字和 _ . - ，2 至 39 个字符。请改正后再提交。"
        )


def demand_period(from_date: date, until_date: date | None, *, on: date) -> None:
    """Raise `WrongPeriod` for a post that would have begun already, or end before it begins."""
    if from_date < on:
        raise WrongPeriod("到岗日期不能早于今天：岗位不能补到过去。请改为今天或以后的日期。")
    if until_date is not None and until_date <= from_date:
        raise WrongPeriod("离岗日期须晚于到岗日期。请改正日期。")


def demand_delegation(
    from_date: date, until_date: date | None, *, ends: date | None, on: date
) -> None:
    """Raise `WrongPeriod` unless a delegation ends, within its limit and with the post itself.

    `ends` is the first day on which the delegated post is no longer held, or None.
    """
    demand_period(from_date, until_date, on=on)
    if until_date is None or until_date - from_date > LONGEST_DELEGATION:
        raise WrongPeriod(
            f"委托须写明截止日期，最长 {LONGEST_DELEGATION.days} 天。时间更长的，请另行任命。"
        )
    if ends is not None and until_date > ends:
        raise WrongPeriod("委托不能超过原岗位的离岗日期。请改正截止日期。")


def demand_other_eyes(by: int, *, proposed_by: int, concerned: int | None) -> None:
    """Raise `FourEyes` unless who decides is neither who proposed nor who is concerned.

    All three are keys of accounts; `concerned` is None for somebody without an account yet.
    """
    if by == proposed_by:
        raise FourEyes("提出人不能审定自己提出的任免。请由另一名安全管理员审定。")
    demand_another(by, concerned=concerned)


def demand_another(by: int, *, concerned: int | None) -> None:
    """Raise `FourEyes` when somebody acts on his or her own rights."""
    if by == concerned:
        raise FourEyes("不能办理本人的岗位。请由另一名安全管理员办理。")
