"""“如果……会怎样”: what one change of facts would do to the index; nothing is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec.structs import replace

from yangguang.aid.index.queries import facts_of, what_if_of, with_aid, with_spending
from yangguang.aid.index.rules.explain import Difference
from yangguang.aid.index.types import Household
from yangguang.faces.desk.households.forms.fields import Chosen, YuanField
from yangguang.families.registry.types import Illness
from yangguang.foundation.catalogue.types import AidType
from yangguang.foundation.kernel.choices import Choices


class Supposition(Choices):
    """What may be supposed, one thing at a time."""

    JOB = "supposed_job_lost", "一名在业成员失业"
    ILLNESS = "supposed_illness", "一名成员患重病"
    MEDICAL = "supposed_medical", "新增医疗自付支出"
    INCOME = "supposed_income", "年收入增加"
    AID = "supposed_aid", "今天领到一笔救助"


class SupposeForm(forms.Form):
    """What is supposed, with its amount."""

    what = Chosen(Supposition, gettext_lazy("如果"))
    amount = YuanField(
        gettext_lazy("金额"),
        hint=gettext_lazy("失业填年收入减少多少，患重病填每年自付多少，没有就留空。"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for an amount where nothing would change without it."""
        given = super().clean() or self.cleaned_data
        bare = (Supposition.JOB, Supposition.ILLNESS)
        needed = given.get("what") and given["what"] not in bare and not given.get("amount")
        if needed and "amount" not in self.errors:
            self.add_error("amount", _("请填写金额。"))
        return given


@dataclass(frozen=True, slots=True)
class Supposed:
    """The answer: before, after, which lines move; `impossible` says why there is none."""

    words: str
    difference: Difference | None
    impossible: str = ""

    @classmethod
    def of(cls, household_id: int, form: SupposeForm, *, on: date) -> Self:
        """Suppose it of a household. Six queries."""
        what: Supposition = form.cleaned_data["what"]
        yuan = (form.cleaned_data["amount"] or 0) / 100
        facts = facts_of(household_id, on)
        changes = changes_of(facts, what, yuan, on) if facts else {}
        if not changes:
            return cls(_(what.label), None, _("按现有资料，这户没有可以这样假设的成员。"))
        return cls(_(what.label), what_if_of(household_id, on, **changes))


def changes_of(facts: Household, what: Supposition, yuan: float, on: date) -> dict[str, Any]:
    """Give the fields of the facts that a supposition changes; none where it cannot be.

    `yuan` a year, or one payment. Who loses a job or falls ill is the first whom it can befall.
    """
    if what == Supposition.JOB:
        changed = _first(facts, "employed", True, employed=False)
        return changed | {"income": max(0.0, facts.income - yuan)} if changed else {}
    if what == Supposition.ILLNESS:
        changed = _first(facts, "illness", None, illness=Illness.SEVERE)
        return changed | {"spend": with_spending(facts, "medical", yuan)} if changed else {}
    if what == Supposition.MEDICAL:
        return {"spend": with_spending(facts, "medical", yuan)}
    if what == Supposition.INCOME:
        return {"income": facts.income + yuan}
    return {"aid": with_aid(facts, on, type=AidType.LIVING, yuan=yuan)}


def _first(facts: Household, field: str, value: object, **changed: Any) -> dict[str, Any]:
    """Change the first member whose field has a value; nothing without one."""
    for place, member in enumerate(facts.members):
        if getattr(member, field) == value:
            before, after = facts.members[:place], facts.members[place + 1 :]
            return {"members": (*before, replace(member, **changed), *after)}
    return {}
