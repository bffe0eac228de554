"""What the framework's checks say on Chinese pages: our words, what is wrong and what to do."""

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

LOCALE = Path(__file__).parents[3] / "src/yangguang/locale/zh_Hans/LC_MESSAGES/django.po"


def refusal(field: forms.Field, given: Any, language: str) -> list[str]:
    with override(language):
        with pytest.raises(ValidationError) as refused:
            field.clean(given)
        return [str(message) for message in refused.value.messages]


@pytest.mark.parametrize(
    ("field", "given", "said"),
    [
        (forms.CharField(), "", "这一项必须填写。请补填。"),
        (forms.CharField(max_length=3), "四个汉字", "有4个字，最多3个字。请写得简短些。"),
        (forms.CharField(), "a\x00b", "里面有看不见的符号。请删去后重新填写。"),
        (forms.IntegerField(), "x", "这里要填整数。请只填数字，不带小数和单位。"),
        (forms.IntegerField(min_value=0), "-1", "数字太小，最小为0。请核对后重新填写。"),
        (forms.IntegerField(max_value=9), "10", "数字太大，最大为9。请核对后重新填写。"),
        (forms.DecimalField(), "x", "这里要填数字。请只填数字，不带单位。"),
        (forms.DecimalField(decimal_places=1), "1.25", "小数最多1位。请四舍五入后填写。"),
        (forms.DateField(), "x", "看不懂这个日期。请按“2026-11-24”的样子填写。"),
        (forms.ChoiceField(choices=[("a", "甲")]), "b", "“b”不在可选项里。请从列出的各项中选择。"),
        (forms.FileField(), None, "这一项必须填写。请补填。"),
        (forms.FileField(), SimpleUploadedFile("a", b""), "文件是空的。请换一个文件再提交。"),
    ],
)
def test_a_check_of_the_framework_speaks_our_words(
    field: forms.Field, given: Any, said: str
) -> None:
    assert refusal(field, given, "zh-hans") == [said]


def test_an_english_page_keeps_the_english_words() -> None:
    assert refusal(forms.CharField(), "", "en") == ["This field is required."]


def test_each_sentence_says_what_to_do() -> None:
    with LOCALE.open("rb") as file:
        said = [one.string for one in read_po(file) if one.id]
    for text in said:
        sentence = text if isinstance(text, str) else text[0]
        assert re.fullmatch(r".+。请.+。", sentence), sentence
