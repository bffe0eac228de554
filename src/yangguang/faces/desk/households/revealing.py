"""The dialog in which a masked value is asked for with a reason, and shown once."""

from dataclasses import dataclass
from typing import Self

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.faces.desk.households.forms.fields import Chosen, text_field
from yangguang.families.registry.queries.views import HouseholdPage, MemberView
from yangguang.families.registry.rules.revealing import OF_PERSON, may_reveal
from yangguang.families.registry.types import Purpose, Secret


class RevealForm(forms.Form):
    """For which work, and what it is about."""

    purpose = Chosen(Purpose, gettext_lazy("业务需要"))
    words = text_field(
        gettext_lazy("具体事由"),
        most=100,
        required=True,
        hint=gettext_lazy("至少四个字，会记入“谁看过”，家庭可以查询。不要写号码。"),
    )


@dataclass(frozen=True, slots=True)
class RevealPage:
    """What is asked for of which household or member; `value` once it is shown."""

    file: HouseholdPage
    secret: Secret
    member: MemberView | None
    form: RevealForm
    value: str = ""

    @classmethod
    def of(
        cls, file: HouseholdPage, secret: str, *, member: MemberView | None, form: RevealForm
    ) -> Self:
        """Start from what is asked for. Raises Http404 for what cannot be asked for like this."""
        if secret not in Secret.codes() or (secret in OF_PERSON) != (member is not None):
            raise Http404("no such value")
        return cls(file, Secret(secret), member, form)

    @property
    def title(self) -> str:
        """Name what is asked for."""
        return _("查看%(what)s") % {"what": _(self.secret.label)}

    @property
    def whose(self) -> str:
        """Name whose it is."""
        return self.member.name if self.member else self.file.head_name

    @property
    def action(self) -> str:
        """Give the address to which the reason goes."""
        return address(self.file.id, self.secret, self.member.person_id if self.member else None)


def address(household_id: int, secret: Secret, person_id: int | None = None) -> str:
    """Give the address at which a masked value is asked for."""
    if person_id is None:
        return reverse("desk:reveal", args=[household_id, secret])
    return reverse("desk:reveal_member", args=[household_id, person_id, secret])


def offered(role: str, household_id: int, secret: Secret, person_id: int | None = None) -> str:
    """Give the address at which a role may ask for a masked value, or ""."""
    return address(household_id, secret, person_id) if may_reveal(role, secret) else ""
