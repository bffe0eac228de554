"""Who logs in, and where to return to."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
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


def _password(label: Any, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget)


def code_field() -> forms.CharField:
    """Make the field of a six-digit code."""
    return forms.CharField(
        label=_("动态码"),
        max_length=8,
        help_text=_("手机验证器上的六位数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def _username() -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"})
    return forms.CharField(label=_("登录名"), max_length=40, widget=widget)


class PasswordLogInForm(forms.Form):
    """Name, password and code, asked together: an answer tells not which was wrong."""

    username = _username()
    password = _password(_("口令"), "current-password")
    code = code_field()


class _NewPasswordForm(forms.Form):
    """A password that a person chooses, typed twice."""

    password = _password(_("新口令"), "new-password")
    again = _password(_("再输一遍新口令"), "new-password")

    def clean_password(self) -> str:
        """Hold the password to the validators of the settings."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        name = self.name_of_account().lower()
        if name and name in password.lower():
            raise forms.ValidationError(_("口令不能包含登录名。请换一个。"))
        return password

    def name_of_account(self) -> str:
        """Give the log-in name that the password may not contain."""
        return str(self.cleaned_data.get("username", ""))

    def clean_again(self) -> str:
        """Hold the repeated password to the first."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("两遍口令不一样。请重新输入。"))
        return again


class FirstLogInForm(_NewPasswordForm):
    """A one-time secret, and the password that a person chooses."""

    username = _username()
    secret = forms.CharField(
        label=_("一次性口令"),
        max_length=40,
        help_text=_("由安全管理员当面交给您，五组字母和数字。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("username", "secret", "password", "again")


class ChangePasswordForm(_NewPasswordForm):
    """Another password for who is logged in."""

    def __init__(self, *args: Any, username: str, **given: Any) -> None:
        """Know the log-in name that the password may not contain."""
        super().__init__(*args, **given)
        self.username = username

    def name_of_account(self) -> str:
        """Give the log-in name of who is logged in."""
        return self.username


class CodeForm(forms.Form):
    """The first code of a phone that learns the second factor."""

    code = code_field()
