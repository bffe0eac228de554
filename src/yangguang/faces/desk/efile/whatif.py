"""What would the index be if: one question of a few, answered on a copy of the facts."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from yangguang.aid.index.queries import facts_of, what_if_of, with_aid, with_spending
from yangguang.aid.index.rules.explain import Difference
from yangguang.aid.index.types import Hardship, Household
from yangguang.foundation.kernel.choices import Choices

MOST = 1_000_000


class Question(Choices):
    """如果会怎样."""

    JOBLESS = "jobless", "主要劳动力失业"
    MEDICAL = "medical_spending", "新增医疗自付"
    AIDED = "aided", "获得救助"


class WhatIfForm(forms.Form):
    """A question and, where it needs one, an amount in whole yuan."""

    question = forms.ChoiceField(label=_("如果"), choices=Question.pairs)
    yuan = forms.IntegerField(
        label=_("金额（元）"), min_value=0, max_value=MOST, required=False, initial=5000
    )
    type = forms.ChoiceField(
        label=_("救助类型"), choices=Hardship.pairs, required=False, initial=Hardship.MEDICAL
    )

    def answer(self, household_id: int, *, on: date) -> Difference | None:
        """Give the index before and after, or None where the household has none."""
        facts = facts_of(household_id, on)
        if facts is None:
            return None
        return what_if_of(household_id, on, **_changes(facts, self.cleaned_data, on))


def _changes(facts: Household, asked: dict[str, Any], on: date) -> dict[str, object]:
    yuan = float(asked["yuan"] or 0)
    match Question(asked["question"]):
        case Question.JOBLESS:
            return {"members": _without_work(facts)}
        case Question.MEDICAL:
            return {"spend": with_spending(facts, "medical", yuan)}
        case Question.AIDED:
            kind = Hardship(asked["type"] or Hardship.MEDICAL)
            return {"aid": with_aid(facts, on, type=kind, yuan=yuan)}


def _without_work(facts: Household) -> tuple[object, ...]:
    """Take the work of the eldest who has any; the income stays as declared."""
    workers = [member for member in facts.members if member.employed]
    if not workers:
        return facts.members
    main = min(workers, key=lambda member: member.born)
    return tuple(
        replace(member, employed=False) if member is main else member for member in facts.members
    )
