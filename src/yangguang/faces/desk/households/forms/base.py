"""What all changes of a household share: the version that was seen, the sections, the verb."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yangguang.faces.desk.households.forms.fields import Chosen, DayField, not_to_come
from yangguang.families.registry.queries.views import HouseholdPage, MemberView
from yangguang.families.registry.rules.entries import Stamp
from yangguang.families.registry.types import Source
from yangguang.foundation.walls.context import Actor

type Sections = Sequence[tuple[str | Promise, Sequence[str]]]

# Imported and made facts have their own ways in.
BY_HAND = (Source.DECLARED, Source.VISITED, Source.CHECKED)


class Sectioned(forms.Form):
    """A form drawn in sections: (heading, names of fields) each."""

    sections: ClassVar[Sections] = ()

    def drawn(self) -> Iterator[tuple[str | Promise, list[BoundField]]]:
        """Give the sections with their fields; those of no section stand last, without heading."""
        named = {name for _, names in self.sections for name in names}
        for heading, names in self.sections:
            yield heading, [self[name] for name in names]
        rest = [one for one in self.visible_fields() if one.name not in named]
        if rest:
            yield "", rest


class StampedForm(Sectioned):
    """Facts with where they come from and as of which day they hold."""

    source = Chosen(Source, _("来源"), only=BY_HAND, hint=_("这些情况是谁说的、怎么得来的。"))
    as_of = DayField(_("截至日期"), hint=_("这些情况在哪一天属实。"))
    on: date

    def clean_as_of(self) -> date | None:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["as_of"], self.on)

    @property
    def stamp(self) -> Stamp:
        """Give source and day as the verbs take them."""
        return Stamp(self.cleaned_data["source"], self.cleaned_data["as_of"])


class ChangeForm(Sectioned):
    """One change of one household: what is asked, from what it starts, which verb it becomes.

    `apply` raises the refusals of its verb and gives the household to show afterwards.
    """

    title: ClassVar[str | Promise] = ""
    intro: ClassVar[str | Promise] = ""
    submit: str | Promise = _("保存")
    done: ClassVar[str | Promise] = _("已保存。")
    of_person: ClassVar[bool] = False

    expected_version = forms.IntegerField(label=_("资料版本"), widget=forms.HiddenInput)

    def __init__(
        self,
        page: HouseholdPage,
        *,
        on: date,
        by: Actor,
        data: MultiValueDict[str, str] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        member: MemberView | None = None,
    ) -> None:
        """Start from what is known of the household, and of a member where one is changed."""
        self.page, self.on, self.by, self.member = page, on, by, member
        first = {"expected_version": page.facts_version, **self.first()}
        super().__init__(data, files, initial=first)
        self.shape()

    def first(self) -> dict[str, Any]:
        """Give what the fields show before anybody has typed."""
        return {}

    def shape(self) -> None:
        """Add or narrow fields by what is known of the household."""

    def apply(self, *, by: Actor, at: datetime) -> int:
        """Do the change and give the household to show afterwards."""
        raise NotImplementedError

    def warnings(self) -> Iterator[str]:
        """Give what the clerk should look at again though it was saved."""
        return iter(())

    @property
    def version(self) -> int:
        """Give the version that the clerk saw."""
        seen: int = self.cleaned_data["expected_version"]
        return seen

    @property
    def somebody(self) -> MemberView:
        """Give the member that is changed."""
        if self.member is None:
            raise LookupError("this change is of a member")
        return self.member


class DatedForm(ChangeForm):
    """A change that happened on a day, with a reason."""

    day = DayField(_("发生日期"))
    reason = forms.CharField(
        label=_("说明"), max_length=200, required=False, help_text=_("写明依据，如证件或证明材料。")
    )

    def first(self) -> dict[str, Any]:
        """Begin with today."""
        return {"day": self.on}

    def clean_day(self) -> date | None:
        """Refuse a day to come."""
        return not_to_come(self.cleaned_data["day"], self.on)
