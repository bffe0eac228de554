"""Fields that clerks fill in: amounts as people write them, days, words of closed lists."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.families.registry.rules.texts import is_name, is_phone, is_plain
from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.identity import IdentityNumberError, parse_number
from yangguang.foundation.kernel.money import Fen, MoneyError, read_yuan

MOST_FEN: Final = 10**10
"""A hundred million yuan: more than any family has is a slip of the keyboard."""


class YuanField(forms.CharField):
    """An amount in yuan as people write it (1,234.5元, 0.3万): whole fen, None if empty."""

    def __init__(
        self, label: Any, *, required: bool = False, hint: Any = "", least: int = 0
    ) -> None:
        """Accept amounts of at least so many fen."""
        self.least = least
        marks = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}
        super().__init__(
            label=format_lazy("{}{}", label, gettext_lazy("（元）")),
            required=required,
            help_text=hint,
            max_length=30,
            widget=forms.TextInput(marks),
        )

    def clean(self, value: Any) -> Fen | None:
        """Read the amount; what cannot be read is told in the words of the money rules."""
        text = super().clean(value)
        if not text:
            return None
        try:
            fen = read_yuan(text)
        except MoneyError as error:
            raise forms.ValidationError(str(error)) from error
        if fen > MOST_FEN:
            raise forms.ValidationError(_("金额太大：一户最多填写1亿元。请核对数额和单位。"))
        if fen < self.least:
            raise forms.ValidationError(_("金额太小。请填写实际金额，不能是负数。"))
        return fen

    def prepare_value(self, value: Any) -> Any:
        """Write a stored amount in fen as plain yuan; what was typed stays as it was."""
        if isinstance(value, int):
            return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
        return value


class DayField(forms.DateField):
    """A day that has come."""

    def __init__(self, label: Any, *, required: bool = True, hint: Any = "") -> None:
        """Ask with the browser's own calendar, in ISO dates."""
        widget = forms.DateInput({"type": "date", "class": "short"}, format="%Y-%m-%d")
        super().__init__(label=label, required=required, help_text=hint, widget=widget)


def not_to_come(day: date | None, on: date) -> date | None:
    """Give a day that is not after today; raises ValidationError for one that is."""
    if day is not None and day > on:
        raise forms.ValidationError(_("这一天还没有到。请填写今天或以前的日期。"))
    return day


class Chosen[C: Choices](forms.TypedChoiceField):
    """One word of a closed list; None when nothing is chosen."""

    def __init__(
        self,
        kind: type[C],
        label: Any,
        *,
        only: Iterable[C] | None = None,
        required: bool = True,
        none: Any = None,
        hint: Any = "",
    ) -> None:
        """Offer the members of a list, or only some; `none` names what an empty choice means."""
        first = [("", none or gettext_lazy("请选择"))]
        words = [(one.value, gettext_lazy(one.label)) for one in (only or kind)]
        super().__init__(
            choices=first + words,
            coerce=kind,
            empty_value=None,
            label=label,
            required=required,
            help_text=hint,
        )


class NumberField(forms.CharField):
    """An identity number, read and checked; the cleaned value is its canonical form or ""."""

    def __init__(self, *, required: bool = False, hint: Any = "") -> None:
        """Ask for 18 signs (15 on old cards)."""
        marks = {"autocomplete": "off", "class": "number"}
        super().__init__(
            label=gettext_lazy("身份证号"),
            required=required,
            help_text=hint,
            max_length=40,
            widget=forms.TextInput(marks),
        )

    def clean(self, value: Any) -> str:
        """Read the number; the reason never repeats it."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return parse_number(text).number
        except IdentityNumberError as error:
            raise forms.ValidationError(str(error)) from error


class NameField(forms.CharField):
    """A person's name as on the papers."""

    def __init__(self, *, hint: Any = "", short: bool = False) -> None:
        """Ask for letters of any script."""
        marks = {"autocomplete": "off"} | ({"class": "short"} if short else {})
        super().__init__(
            label=gettext_lazy("姓名"),
            max_length=60,
            help_text=hint,
            widget=forms.TextInput(marks),
        )

    def clean(self, value: Any) -> str:
        """Refuse digits, pictures and signs."""
        text: str = super().clean(value)
        if not is_name(text):
            raise forms.ValidationError(
                _("姓名里有数字、图形或“|”等符号。请对照证件，只填写文字和间隔号。")
            )
        return text


class PhoneField(forms.CharField):
    """A mobile, or a land line with its area code; the cleaned value has no blanks."""

    def __init__(self) -> None:
        """Ask for one number."""
        super().__init__(
            label=gettext_lazy("联系电话"),
            max_length=30,
            required=False,
            help_text=gettext_lazy("11位手机号，或带区号的固定电话，如0531-88881234。"),
            widget=forms.TextInput({"autocomplete": "off", "inputmode": "tel", "class": "short"}),
        )

    def clean(self, value: Any) -> str:
        """Read the number; the reason never repeats it."""
        text = "".join(super().clean(value).split())
        if text and not is_phone(text):
            raise forms.ValidationError(
                _("联系电话应为11位手机号，或带区号的固定电话。请核对后重新填写。")
            )
        return text


class BankField(forms.CharField):
    """The bank of a card, as it goes into a payment file."""

    def __init__(self, *, required: bool = False) -> None:
        """Ask for a line of text."""
        super().__init__(
            label=gettext_lazy("开户行"),
            max_length=80,
            required=required,
            widget=forms.TextInput({"autocomplete": "off"}),
        )

    def clean(self, value: Any) -> str:
        """Refuse what would break a payment file."""
        text: str = super().clean(value)
        if not is_plain(text):
            raise forms.ValidationError(_("开户行里有“|”或看不见的符号。请删去后重新填写。"))
        return text


def text_field(
    label: Any, *, most: int, required: bool = False, hint: Any = "", short: bool = False
) -> forms.CharField:
    """Make a line of text."""
    marks = {"autocomplete": "off"} | ({"class": "short"} if short else {})
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.TextInput(marks),
    )


def tick(label: Any, *, hint: Any = "") -> forms.BooleanField:
    """Make a box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=hint)
