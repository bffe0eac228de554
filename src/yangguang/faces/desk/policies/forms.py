"""The form by which a year's working calendar is added."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 64 * 1024


class CalendarForm(forms.Form):
    """The text of a calendar's file, typed or uploaded."""

    file = forms.FileField(
        label=_("日历文件"),
        required=False,
        help_text=_("YAML 文件，格式与政策库导出的日历相同。"),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )
    text = forms.CharField(
        label=_("或者把内容贴在这里"),
        required=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 18, "class": "mono", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Demand a text, from the file before the box."""
        given = dict(self.cleaned_data)
        if given.get("file"):
            given["text"] = self._read(given["file"])
        if not str(given.get("text") or "").strip():
            raise forms.ValidationError(_("请选择文件，或贴上日历内容。"))
        return given

    def _read(self, file: Any) -> str:
        try:
            return str(file.read(LARGEST).decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                _("文件不是 UTF-8 编码。请另存为 UTF-8 后再上传。")
            ) from error

    @property
    def source(self) -> str:
        """Name where the text came from."""
        file = self.cleaned_data.get("file")
        return str(file.name) if file else str(_("贴入的内容"))
