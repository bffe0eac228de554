"""The closed lists of the e-file: what a household and a person can be."""

from yangguang.foundation.kernel.choices import Choices


class RegisterType(Choices):
    """户口性质: which low-income standard is the household's."""

    URBAN = "urban", "城镇"
    RURAL = "rural", "农村"


class Sex(Choices):
    """性别, GB/T 2261.1 in words."""

    MALE = "male", "男"
    FEMALE = "female", "女"
    UNKNOWN = "unknown", "未知"


class Relation(Choices):
    """与户主关系, after GB/T 4761."""

    HEAD = "head", "户主"
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    GRANDCHILD = "grandchild", "孙子女"
    PARENT = "parent", "父母"
    GRANDPARENT = "grandparent", "祖父母"
    SIBLING = "sibling", "兄弟姐妹"
    CHILD_IN_LAW = "child_in_law", "儿媳女婿"
    OTHER = "other_relation", "其他关系"


class Marital(Choices):
    """婚姻状况, GB/T 2261.2 in words."""

    SINGLE = "single", "未婚"
    MARRIED = "married", "已婚"
    DIVORCED = "divorced", "离异"
    WIDOWED = "widowed", "丧偶"


class Illness(Choices):
    """健康状况 when not well: listed severe illness or long chronic illness."""

    CHRONIC = "chronic", "慢性病"
    SEVERE = "severe", "重病"


class DisabilityKind(Choices):
    """残疾类别, GB/T 26341-2010."""

    VISUAL = "visual", "视力残疾"
    HEARING = "hearing", "听力残疾"
    SPEECH = "speech", "言语残疾"
    PHYSICAL = "physical", "肢体残疾"
    INTELLECTUAL = "intellectual", "智力残疾"
    MENTAL = "mental", "精神残疾"
    MULTIPLE = "multiple", "多重残疾"


class Student(Choices):
    """在读: full-time education."""

    PRESCHOOL = "preschool", "学前教育"
    COMPULSORY = "compulsory", "义务教育"
    UPPER = "upper", "高中及以上"


class Occupation(Choices):
    """职业状况, as the application form lists it."""

    ELDERLY = "elderly_person", "老年人"
    MINOR = "minor", "未成年人"
    EMPLOYED = "employed", "在职"
    FLEXIBLE = "flexible", "灵活就业"
    REGISTERED_UNEMPLOYED = "registered_unemployed", "登记失业"
    UNREGISTERED_UNEMPLOYED = "unregistered_unemployed", "未登记失业"
    UNEMPLOYABLE = "unemployable", "无就业条件"


class Category(Choices):
    """保障类别: what the household is recognised as."""

    DIBAO = "dibao", "最低生活保障"
    TEKUN = "tekun", "特困供养"
    MARGIN = "margin", "低保边缘"
    RIGID = "rigid", "刚性支出困难"
    ORPHAN = "orphan", "孤儿"
    UNSUPPORTED_CHILD = "unsupported_child", "事实无人抚养儿童"
    OTHER = "other_hardship", "其他困难"


class Cause(Choices):
    """致困原因, as the application form lists them."""

    ILLNESS = "cause_illness", "因病"
    DISASTER = "cause_disaster", "因灾"
    UNEMPLOYMENT = "cause_unemployment", "因失业"
    EDUCATION = "cause_education", "因学"
    HOUSING = "cause_housing", "住房困难"
    DISABILITY = "cause_disability", "因残"
    LABOUR = "cause_labour", "缺劳动力"
    ELDERLY = "cause_elderly", "年老"
    MARRIAGE = "cause_marriage", "婚姻变故"
    OTHER = "cause_other", "其他原因"


class Tenure(Choices):
    """住房来源."""

    OWNED = "owned", "自有"
    PUBLIC = "public", "公租房"
    RENTED = "rented", "租住"
    BORROWED = "borrowed", "借住"
    NONE = "none", "无住房"


class DwellingGrade(Choices):
    """房屋安全等级."""

    A = "A", "A级"
    B = "B", "B级"
    C = "C", "C级"
    D = "D", "D级"


class PropertyStatus(Choices):
    """财产状况 against the dated limits."""

    WITHIN = "within", "未超低保限额"
    EDGE = "edge", "未超边缘限额"
    OVER = "over", "财产超标"


class IncomeClass(Choices):
    """收入类别: the five classes of the survey."""

    WAGES = "wages", "工资性收入"
    BUSINESS = "business", "经营净收入"
    ASSETS = "assets", "财产净收入"
    TRANSFERS = "transfers", "转移净收入"
    OTHER = "other_income", "其他收入"


class SpendingKind(Choices):
    """刚性支出: self-paid, after insurance."""

    MEDICAL = "medical", "医疗支出"
    EDUCATION = "education", "教育支出"
    REHABILITATION = "rehabilitation", "康复支出"
    OTHER = "other", "其他刚性支出"


class AssetKind(Choices):
    """财产类别."""

    DEPOSIT = "deposit", "银行存款"
    SECURITIES = "securities", "有价证券"
    INSURANCE = "insurance", "商业保险"
    CLAIM = "claim", "债权"
    ONLINE = "online", "互联网金融资产"
    VEHICLE = "vehicle", "机动车辆"
    HOUSE = "house", "房屋"
    COMPANY = "company", "出资企业"
    OTHER = "other_asset", "其他财产"


class ShockKind(Choices):
    """突发事件."""

    DISASTER = "disaster", "自然灾害"
    ILLNESS = "illness", "突发重病"
    ACCIDENT = "accident", "意外事故"
    OTHER = "other", "其他突发事件"


class Source(Choices):
    """来源 of a fact."""

    DECLARED = "declared", "本人申报"
    VISITED = "visited", "入户调查"
    CHECKED = "checked", "部门核对"
    IMPORTED = "imported", "名册导入"
    MADE = "made", "示例数据"


class MembershipStart(Choices):
    """加入原因."""

    REGISTERED = "registered", "登记"
    BIRTH = "birth", "出生"
    MARRIAGE = "marriage", "结婚迁入"
    ADOPTION = "adoption", "收养"
    MERGED = "merged", "合户并入"
    SPLIT = "split_in", "分户新立"
    MOVED_IN = "moved_in", "迁入"


class MembershipEnd(Choices):
    """退出原因."""

    DEATH = "death", "死亡"
    MARRIED_OUT = "married_out", "结婚迁出"
    DIVORCE = "divorce", "离婚迁出"
    SPLIT = "split_out", "分户迁出"
    MERGED = "merged_out", "合户并出"
    MOVED_OUT = "moved_out", "迁出"
    IMPRISONED = "imprisoned", "服刑"
    MISSING = "missing", "宣告失踪"
    MISTAKE = "mistake", "登记错误"


class HouseholdChangeKind(Choices):
    """家庭变动."""

    SPLIT = "household_split", "分户"
    MERGE = "household_merge", "合户"
    HEAD = "head_change", "户主变更"
    MOVE = "household_move", "迁移"
    CLOSE = "household_close", "退出登记"


class NumberKind(Choices):
    """证件类别."""

    RESIDENT = "resident", "居民身份证"
    TEMPORARY = "temporary", "临时编号"


class PhotoKind(Choices):
    """照片类别."""

    PORTRAIT = "portrait", "人像"
    HOUSE = "house_photo", "住房照片"
    EVIDENCE = "evidence", "佐证材料"


class Secret(Choices):
    """只在写明理由后完整显示的内容: what is masked on every page until it is asked for."""

    NUMBER = "identity_number", "证件号码"
    CARD = "bank_card", "银行卡号"
    PHONE = "phone_number", "联系电话"
    DISEASE = "disease", "病名"


class Purpose(Choices):
    """业务需要: for which work a masked value is shown whole."""

    VERIFY = "verify_identity", "核对身份"
    CONTACT = "contact_family", "联系家庭"
    PAY = "trace_payment", "办理发放"
    DECIDE = "review_need", "审核救助"
    COMPLAINT = "answer_complaint", "答复信访"
    OTHER = "other_need", "其他业务"


class Oddity(Choices):
    """看过异常: what about the looks of a week asks for an explanation."""

    NIGHT = "night_bulk", "夜间批量查阅"
    KIN = "same_surname", "同姓家庭反复查阅"
    IDLE = "idle_looks", "反复查阅未办理"
    REVEALS = "many_reveals", "单日大量完整查看"
