"""The columns of a roster: what each is called here, and under what other names it comes."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】")
_SIGNS = re.compile(r"[\s\u200b\ufeff*/、,;:·.\-_\\|'\"“”]+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in frames, its label in the template, whose fact it tells."""

    key: str
    label: str
    of_household: bool
    hint: str
    synonyms: tuple[str, ...] = ()


COLUMNS: Final = (
    Column("household", "户编号", True, "同一户各行相同，一经登记不变",
           ("家庭编号", "户号", "家庭户编号", "档案编号", "户档案号", "低保证号", "户代码")),
    Column("head", "户主", True, "户主姓名",
           ("户主姓名", "申请人", "申请人姓名", "户主名称")),
    Column("relation", "与户主关系", False,
           "户主、配偶、子女、孙子女、父母、祖父母、兄弟姐妹、儿媳女婿、其他关系",
           ("关系", "与户主的关系", "家庭关系", "成员关系", "与申请人关系", "与申请人的关系")),
    Column("name", "姓名", False, "与身份证一致",
           ("成员姓名", "家庭成员姓名", "人员姓名", "家庭成员", "保障对象姓名", "对象姓名")),
    Column("number", "身份证号", False, "18位，请先把该列设为“文本”格式",
           ("身份证号码", "公民身份号码", "身份证", "证件号码", "证件号", "居民身份证号",
            "居民身份证号码",
            "公民身份证号码", "身份号码", "成员身份证号", "成员身份证号码", "家庭成员身份证号")),
    Column("sex", "性别", False, "男、女", ()),
    Column("born", "出生日期", False, "可不填，由身份证号得出",
           ("出生年月", "出生年月日", "出生时间")),
    Column("ethnic", "民族", False, "如汉族、回族", ("族别",)),
    Column("marital", "婚姻", False, "未婚、已婚、离异、丧偶", ("婚姻状况", "婚姻情况", "婚否")),
    Column("health", "健康", False, "健康、慢性病、重病（可加病种，如重病（尿毒症））",
           ("健康状况", "身体状况", "身体健康状况", "健康情况", "患病情况")),
    Column("disability", "残疾类别/等级", False, "如肢体一级；无残疾留空",
           ("残疾类别", "残疾类别及等级", "残疾类别与等级", "残疾情况", "残疾类型",
            "残疾类别和等级",
            "残疾状况", "残疾类型及等级")),
    Column("disability_grade", "残疾等级", False, "一级至四级", ("残疾级别", "残级")),
    Column("occupation", "就业", False,
           "在职、灵活就业、登记失业、未登记失业、无就业条件、老年人、未成年人",
           ("就业状况", "职业状况", "就业情况", "职业", "劳动状况")),
    Column("student", "在读", False, "学前教育、义务教育、高中及以上；不在读留空",
           ("在读情况", "就学", "就学情况", "在校情况", "就读情况", "在读学段", "在学情况",
            "就读学段")),
    Column("village", "村(居)", True, "村（居）名称，或12位区划代码",
           ("村", "村居", "村居名称", "行政村", "社区", "村社区", "所在村", "所在村居", "村名",
            "居住村居",
            "村委会", "居委会", "村居代码", "行政村社区", "村居社区", "所属村居", "区划代码",
            "所属社区")),
    Column("address", "住址", True, "居住地址",
           ("家庭住址", "居住地址", "家庭地址", "地址", "现住址", "详细地址", "居住地")),
    Column("register_type", "户口性质", True, "城镇、农村",
           ("户籍性质", "户口类别", "户口类型", "户籍类型", "户籍类别")),
    Column("phone", "电话", True, "户主或联系人电话",
           ("联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "户主电话")),
    Column("income", "家庭年收入", True, "全家12个月收入，元",
           ("年收入", "家庭收入", "家庭年总收入", "家庭总收入", "年家庭收入", "家庭年纯收入")),
    Column("medical", "医疗自付", True, "全家12个月医疗自付，元",
           ("医疗自付费用", "医疗支出", "医疗自负", "自付医疗费", "医疗自付金额", "年医疗自付")),
    Column("education", "教育自付", True, "全家12个月教育自付，元",
           ("教育自付费用", "教育支出", "教育自负", "自付教育费", "教育自付金额", "年教育自付")),
    Column("medical_education", "医疗/教育自付", True, "医疗与教育自付写在一列，如3000/1200",
           ("医疗教育自付费用", "医疗教育支出")),
    Column("dwelling", "住房", True, "自有、公租房、租住、借住、无住房；可加安全等级，如自有C级",
           ("住房情况", "住房状况", "住房来源", "住房类型", "房屋情况")),
    Column("category", "保障类别", True,
           "最低生活保障、特困供养、低保边缘、刚性支出困难、孤儿、事实无人抚养儿童、其他困难",
           ("救助类别", "保障类型", "救助类型", "对象类别", "困难类别", "保障性质")),
    Column("monthly", "月保障金额", True, "全户每月，元",
           ("月保障金", "保障金额", "月救助金额", "月补助金额", "月发放金额", "户月保障金额",
            "家庭月保障金额")),
    Column("bank", "开户行", True, "全称", ("开户银行", "银行", "发卡银行", "开户行名称")),
    Column("card", "卡号", True, "一卡通卡号，请先把该列设为“文本”格式",
           ("银行卡号", "银行账号", "账号", "一卡通卡号", "一卡通账号", "社保卡号", "银行帐号",
            "帐号")),
    Column("causes", "致困原因", True,
           "因病、因灾、因失业、因学、住房困难、因残、缺劳动力、年老、婚姻变故、其他原因；"
           "多项用顿号分开",
           ("致贫原因", "困难原因", "主要致困原因", "主要致贫原因", "贫困原因")),
    Column("decided", "审批日期", True, "如2024-06-01",
           ("批准日期", "审批时间", "批准时间", "确认日期", "纳入时间", "享受日期", "纳入日期")),
    Column("document", "文号", True, "批准文件的文号", ("批准文号", "审批文号", "文件号")),
    Column("review", "下次复核日期", True, "如2026-12-01",
           ("复核日期", "下次复核时间", "下次复核", "复审日期", "下次复审日期")),
)  # fmt: skip

BY_KEY: Final = {column.key: column for column in COLUMNS}
# What another column already tells; read when it is there, not asked for in the template.
_SPARE: Final = frozenset({"born", "disability_grade", "medical_education"})
TEMPLATE: Final = tuple(column for column in COLUMNS if column.key not in _SPARE)
REQUIRED: Final = ("household", "name", "number")
HOUSEHOLD_KEYS: Final = tuple(column.key for column in COLUMNS if column.of_household)


def plain(text: str) -> str:
    """Bring a header to its bare words: full width, blanks, brackets and signs gone."""
    narrow = unicodedata.normalize("NFKC", text)
    bare = _SIGNS.sub("", _BRACKETED.sub("", narrow))
    return bare or _SIGNS.sub("", narrow)


_KEYS: Final = {
    plain(word): column.key for column in COLUMNS for word in (column.label, *column.synonyms)
}


def column_key(header: str) -> str | None:
    """Give the key of the column that a header names, or None when it names none."""
    return _KEYS.get(plain(header))
