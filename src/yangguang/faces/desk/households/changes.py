"""Which changes there are, and doing one: the verb, the fresh index, the words about it."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

from django.utils.translation import gettext as _

from yangguang.aid.index.actions import catch_up
from yangguang.aid.index.queries import score_of
from yangguang.faces.desk.households.forms import facts, family, holdings, people
from yangguang.faces.desk.households.forms.base import ChangeForm
from yangguang.faces.look.formats import score
from yangguang.foundation.walls.context import Actor

CHANGES: Mapping[str, type[ChangeForm]] = MappingProxyType(
    {
        "front": facts.FrontForm,
        "dwelling": facts.DwellingForm,
        "incomes": facts.IncomesForm,
        "spendings": facts.SpendingsForm,
        "circumstances": facts.CircumstancesForm,
        "shock": facts.ShockForm,
        "asset": holdings.AssetForm,
        "supporter": holdings.SupporterForm,
        "recognition": holdings.RecognitionForm,
        "end_recognition": holdings.EndRecognitionForm,
        "remove": holdings.RemoveForm,
        "member": people.AddMemberForm,
        "head": family.HeadForm,
        "split": family.SplitForm,
        "merge": family.MergeForm,
        "move": family.MoveForm,
        "close": family.CloseForm,
        "account": family.AccountForm,
        "photo": family.PhotoForm,
        "facts": people.PersonFactsForm,
        "person": people.PersonForm,
        "number": people.NumberForm,
        "end": people.EndForm,
    }
)
"""The changes by the word that stands in their address."""


def carry_out(form: ChangeForm, *, by: Actor, on: date, at: datetime) -> tuple[int, str]:
    """Apply a valid form, rescore, and give the household to show with how its index moved.

    Raises the refusals of the form's verb.
    """
    before = index_of(form.page.id)
    shown = form.apply(by=by, at=at)
    catch_up(on=on, at=at)
    if shown != form.page.id:
        return shown, f"{form.done}{moved(None, index_of(shown))}"
    return shown, f"{form.done}{moved(before, index_of(shown))}"


def index_of(household_id: int) -> float | None:
    """Give the stored index of a household, None without one."""
    stored = score_of(household_id)
    return stored.assistance if stored else None


def moved(before: float | None, after: float | None) -> str:
    """Say how the index moved, at the decimal that pages show."""
    if after is None:
        return ""
    old, new = score(before), score(after)
    if before is None:
        return _("救助指数为 %(new)s。") % {"new": new}
    if old == new:
        return _("救助指数不变，仍为 %(new)s。") % {"new": new}
    words = (
        _("救助指数由 %(old)s 升为 %(new)s。")
        if after > before
        else _("救助指数由 %(old)s 降为 %(new)s。")
    )
    return words % {"old": old, "new": new}
