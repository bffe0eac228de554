"""The form by which a roster comes in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 50 * 1024 * 1024


class RosterForm(forms.Form):
    """A file and the area whose families it lists."""

    area_code = forms.ChoiceField(label=_("名册所属区划"))
    file = forms.FileField(
        label=_("名册文件"),
        help_text=_("xlsx、xls、ods 或 csv，一行一人，最大 50 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        error_messages={"empty": _("文件是空的。请选择填好的名册文件。")},
    )

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        """Take the areas within the officer's scope."""
        super().__init__(*args, **kwargs)
        field = self.fields["area_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = areas

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 50 MB。请删去图片，或按乡镇拆成几个文件。"))
        return file
