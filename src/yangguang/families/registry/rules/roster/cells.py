"""What one cell says: words of the closed lists, amounts, dates, grades, as clerks write them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Final

from yangguang.families.registry.types import (
    Category,
    Cause,
    DisabilityKind,
    DwellingGrade,
    Illness,
    Marital,
    Occupation,
    RegisterType,
    Relation,
    Sex,
    Student,
    Tenure,
)
from yangguang.foundation.kernel.choices import Choices
from yangguang.foundation.kernel.dates import read_date
from yangguang.foundation.kernel.money import read_yuan
from yangguang.foundation.kernel.refusals import Refusal

type Values = tuple[object, ...]

_BLANKS: Final = re.compile(r"\s+")
_NOTHING: Final = frozenset({"", "无", "否", "没有", "-", "--", "—", "/", "0", "不是", "未"})
_GRADE: Final = re.compile(r"^[(]?([一二三四五六壹贰叁肆1-9IV]{1,3})[)]?级?$")
_GRADES: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "壹": 1, "贰": 2, "叁": 3, "肆": 4,
                  "1": 1, "2": 2, "3": 3, "4": 4, "I": 1, "II": 2, "III": 3, "IV": 4}  # fmt: skip
_SAFETY: Final = re.compile(r"[(]?([A-Za-z])[级类][)]?(?:危房)?$")
_SEPARATORS: Final = re.compile(r"[、,;/+和及\s]+")
_DISABILITY: Final = re.compile(
    r"^(.*?)(?:残疾|残)?(?:人)?[-/、,:(\s]*([一二三四五六1-9IV]{1,3}级?)?[)]?$"
)
_MOST_YUAN: Final = 100_000_000


class UnreadableCell(Refusal):
    """A cell does not say what its column asks."""


def tidy(text: str) -> str:
    """Narrow full-width signs and drop blanks."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def _words(choices: type[Choices], **others: str) -> dict[str, str]:
    known = {member.label: member.value for member in choices}
    for code, words in others.items():
        known |= dict.fromkeys(words.split(), choices[code].value)
    return known


SEX: Final = _words(Sex, MALE="男性 M 1", FEMALE="女性 F 2")
SEX.pop(Sex.UNKNOWN.label)
RELATION: Final = _words(
    Relation,
    HEAD="本人 本人或户主 户主本人 申请人",
    SPOUSE="妻 夫 妻子 丈夫 夫妻 爱人",
    CHILD="子 女 儿子 女儿 长子 次子 三子 长女 次女 三女 独生子 独生女 养子 养女 继子 继女 之子 "
          "之女 儿 养子女 继子女",
    GRANDCHILD="孙子 孙女 孙 外孙 外孙女 外孙子 外孙子女 重孙",
    PARENT="父 母 父亲 母亲 公公 婆婆 岳父 岳母 公婆 继父 继母 岳父母",
    GRANDPARENT="祖父 祖母 爷爷 奶奶 外祖父 外祖母 姥姥 姥爷 外祖父母",
    SIBLING="兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 姊妹",
    CHILD_IN_LAW="儿媳 媳妇 女婿 儿媳妇 媳 婿",
    OTHER="其他 其它 侄子 侄女 侄 外甥 外甥女 叔 伯 姑 舅 姨 其他亲属 亲属",
)  # fmt: skip
MARITAL: Final = _words(
    Marital,
    SINGLE="单身 未 未婚单身 未婚配",
    MARRIED="有配偶 已 初婚 再婚 复婚",
    DIVORCED="离婚 离",
    WIDOWED="丧偶单身 丧",
)
OCCUPATION: Final = _words(
    Occupation,
    ELDERLY="老年 年老 退休 离退休 高龄",
    MINOR="未成年 学生 在校学生 学龄前 儿童 在读",
    EMPLOYED="就业 已就业 在职职工 在岗 单位就业 正式就业 公益岗 公益性岗位",
    FLEXIBLE="灵活 务农 务工 打工 外出务工 打零工 零工 临时工 个体 自由职业 种地 农民",
    REGISTERED_UNEMPLOYED="失业 登记失业人员 已登记失业",
    UNREGISTERED_UNEMPLOYED="无业 未就业 待业 下岗 未登记",
    UNEMPLOYABLE="无劳动能力 丧失劳动能力 无劳力 无就业能力 完全丧失劳动能力 重残",
)  # fmt: skip
STUDENT: Final = _words(
    Student,
    PRESCHOOL="学前 幼儿园 学龄前在园",
    COMPULSORY="小学 初中 小学生 初中生 中学 九年义务教育",
    UPPER="高中 中专 中职 职高 技校 技工学校 大专 专科 本科 大学 高职 研究生 硕士 博士 高中生 "
          "大学生 大专生 中专生 高等教育",
)  # fmt: skip
REGISTER: Final = _words(
    RegisterType,
    URBAN="非农业 非农 城市 城镇户口 非农业户口 城市户口 非农户口 城镇居民",
    RURAL="农业 农业户口 农村户口 农户 农业家庭户 农村居民",
)
CATEGORY: Final = _words(
    Category,
    DIBAO="低保 城市低保 农村低保 低保户 城镇低保 最低生活保障户 低保对象 最低生活保障对象 "
          "城乡低保",
    TEKUN="特困 五保 特困人员 特困供养人员 五保户 特困户 农村特困 城市特困 分散特困 集中特困 "
          "分散供养 集中供养 特困人员救助供养",
    MARGIN="低保边缘户 边缘 边缘户 低保边缘家庭 边缘家庭 低收入",
    RIGID="刚性支出 刚性支出困难家庭 支出型 支出型困难 支出型困难家庭 支出型贫困",
    ORPHAN="孤儿家庭 散居孤儿",
    UNSUPPORTED_CHILD="事实无人抚养 困境儿童",
    OTHER="其他 其它 其他困难家庭 一般困难",
)  # fmt: skip
CAUSE: Final = _words(
    Cause,
    ILLNESS="疾病 患病 病 大病 因病致困 因病致贫 因重病",
    DISASTER="受灾 灾害 自然灾害 灾 遭受自然灾害 因灾致困 因灾致贫",
    UNEMPLOYMENT="失业 就业困难 无业",
    EDUCATION="教育 上学 学 子女上学 因学致困 因学致贫",
    HOUSING="住房 无房 危房 因房",
    DISABILITY="残疾 残 因残致困 因残致贫 伤残",
    LABOUR="缺乏劳动力 无劳动能力 缺少劳动力 缺劳力 无劳动力 劳动力不足",
    ELDERLY="因老 老年 年迈 养老 年老体弱 高龄",
    MARRIAGE="婚姻 离异 丧偶 单亲 婚变",
    OTHER="其他 其它 其他因素",
)
TENURE: Final = _words(
    Tenure,
    OWNED="自有住房 自有房 自建 自建房 有房 私房 自购 自有产权 商品房 有 平房 楼房 瓦房",
    PUBLIC="廉租房 公有住房 公房 保障房 公租 公共租赁住房",
    RENTED="租房 租赁 租 租赁住房 租用",
    BORROWED="借 借房 寄住 借用 借住亲属 住亲属家",
    NONE="无房 无 无房户 没有住房",
)
KIND: Final = _words(
    DisabilityKind,
    VISUAL="视力 盲 视",
    HEARING="听力 聋 听",
    SPEECH="言语 语言 哑 言",
    PHYSICAL="肢体 肢",
    INTELLECTUAL="智力 智障 智",
    MENTAL="精神 精",
    MULTIPLE="多重 综合 重",
)
_HEALTHY: Final = frozenset(
    {"健康", "良好", "一般", "健康或良好", "较好", "好", "正常", "一般或较弱", "较弱", "体弱"}
)
_ILLNESS: Final = {"慢性病": Illness.CHRONIC, "长期慢性病": Illness.CHRONIC,
                   "慢病": Illness.CHRONIC,
                   "患慢性病": Illness.CHRONIC, "患有慢性病": Illness.CHRONIC,
                   "重病": Illness.SEVERE, "大病": Illness.SEVERE, "患重病": Illness.SEVERE,
                   "重大疾病": Illness.SEVERE, "患大病": Illness.SEVERE, "患有大病": Illness.SEVERE,
                   "重特大疾病": Illness.SEVERE, "病重": Illness.SEVERE}  # fmt: skip
_ILL: Final = re.compile(
    rf"^({'|'.join(sorted(_ILLNESS, key=len, reverse=True))})[-:,、(]*(.*?)[)]?$"
)


def read_word(text: str, words: Mapping[str, str], choices: type[Choices]) -> Values:
    """Read a word of a closed list, by its label or what clerks call it. Raises UnreadableCell."""
    bare = tidy(text).removesuffix(")").replace("(", "")
    code = words.get(tidy(text)) or words.get(bare)
    if code is None:
        raise UnreadableCell(f"不在可选项内。请改为：{_options(choices)}。")
    return (code,)


def _options(choices: type[Choices]) -> str:
    return "、".join(member.label for member in choices)


def read_student(text: str) -> Values:
    """Read a stage of schooling; 否, 无 and the like mean none. Raises UnreadableCell."""
    if tidy(text) in _NOTHING | {"不在读", "非在读", "否在读", "毕业"}:
        return (None,)
    return read_word(text, STUDENT, Student)


def read_health(text: str) -> Values:
    """Read illness and disease: 健康, 慢性病, 重病(尿毒症). Raises UnreadableCell."""
    bare = tidy(text)
    if bare in _HEALTHY or bare in _NOTHING or bare in {"残疾"}:
        return (None, "")
    if found := _ILL.fullmatch(bare):
        return (_ILLNESS[found[1]].value, found[2])
    raise UnreadableCell(
        "看不懂健康状况。请改为：健康、慢性病、重病；病种写在括号里，如重病（尿毒症）。"
    )


def read_disability(text: str) -> Values:
    """Read kind and grade in one cell: 肢体一级, 智力残疾(三级). Raises UnreadableCell."""
    bare = tidy(text)
    if bare in _NOTHING or bare in {"非残疾", "无残疾", "健全", "非"}:
        return (None, None)
    found = _DISABILITY.fullmatch(bare)
    kind = KIND.get(found[1]) if found else None
    if kind is None or found is None:
        raise UnreadableCell(
            "看不懂残疾类别。请改为视力、听力、言语、肢体、智力、精神、多重之一，加一级至四级。"
        )
    return (kind, _grade(found[2]) if found[2] else None)


def read_grade(text: str) -> Values:
    """Read a disability grade: 一级, 1, Ⅱ级. Raises UnreadableCell."""
    bare = tidy(text)
    return (None,) if bare in _NOTHING else (_grade(bare),)


def _grade(bare: str) -> int:
    found = _GRADE.fullmatch(bare)
    grade = _GRADES.get(found[1]) if found else None
    if grade is None:
        raise UnreadableCell("残疾等级只有一级至四级。请对照残疾人证改正。")
    return grade


def read_dwelling(text: str) -> Values:
    """Read tenure and safety grade: 自有, 租住, 自有C级. Raises UnreadableCell."""
    bare = tidy(text)
    grade, rest = None, bare
    if found := _SAFETY.search(bare):
        letter = found[1].upper()
        if letter not in DwellingGrade.codes():
            raise UnreadableCell("房屋安全等级只有A、B、C、D级。请对照鉴定结论改正。")
        grade, rest = letter, bare[: found.start()].rstrip("-/、,:(")
    tenure = TENURE.get(rest) if rest or grade is None else Tenure.OWNED.value
    if tenure is None or (tenure == Tenure.NONE and grade):
        raise UnreadableCell(
            f"看不懂住房情况。请改为：{_options(Tenure)}；有鉴定的加A至D级，如自有C级。"
        )
    return (tenure, grade)


def read_causes(text: str) -> Values:
    """Read causes divided by 、, into codes joined by commas. Raises UnreadableCell."""
    codes: list[str] = []
    for word in filter(None, _SEPARATORS.split(unicodedata.normalize("NFKC", text).strip())):
        code = CAUSE.get(word)
        if code is None:
            raise UnreadableCell(f"不认识的致困原因。请改为：{_options(Cause)}，多项用顿号分开。")
        codes.append(code)
    return (",".join(dict.fromkeys(codes)),)


def read_amount(text: str) -> Values:
    """Read an amount of yuan into fen; 无 is zero. Raises UnreadableCell or MoneyError."""
    fen = 0 if tidy(text) in _NOTHING else read_yuan(text)
    if fen < 0:
        raise UnreadableCell("金额不能是负数。请核对后改正。")
    if fen > _MOST_YUAN * 100:
        raise UnreadableCell("金额超过一亿元，多半是单位写错。请以元为单位改正。")
    return (int(fen),)


def read_two_amounts(text: str) -> Values:
    """Read 3000/1200 as medical and educational spending, fen. Raises UnreadableCell."""
    parts = re.split(r"[/、;]", unicodedata.normalize("NFKC", text))
    if len(parts) != 2:
        raise UnreadableCell("应写成“医疗/教育”两个金额，如3000/1200。请改正或分成两列。")
    return (read_amount(parts[0])[0], read_amount(parts[1])[0])


def read_past(text: str, *, on: date) -> Values:
    """Read a date that cannot lie ahead of `on`. Raises UnreadableCell or DateError."""
    day = read_date(text)
    if day > on:
        raise UnreadableCell(f"日期{day}在今天之后。请核对年份。")
    if day.year < 1949:
        raise UnreadableCell(f"日期{day}早于1949年。请核对年份。")
    return (day,)


def read_day(text: str) -> Values:
    """Read a date. Raises DateError."""
    return (read_date(text),)
