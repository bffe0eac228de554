"""Who logs in, and where to return to."""

from datetime import date

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from yangguang.foundation.accounts.queries import demo_posts


def safe_next(address: str) -> str:
    """Give a way back that stays on this site: a path, or the first page for anything else."""
    inside = address.startswith("/") and url_has_allowed_host_and_scheme(address, set())
    return address if inside else "/"


class DemoLogInForm(forms.Form):
    """One of the demonstration's people, by one click."""

    person = forms.CharField(label=_("演示人员"))

    def __init__(self, *args: object, on: date, **given: object) -> None:
        """Know who may be chosen on a day."""
        super().__init__(*args, **given)  # type: ignore[arg-type]
        self.on = on

    def clean_person(self) -> str:
        """Accept nobody but the demonstration's people."""
        person: str = self.cleaned_data["person"]
        if person not in {post.username for post in demo_posts(self.on)}:
            raise forms.ValidationError(_("没有这名演示人员。请从下面的卡片中选择。"))
        return person
