"""The closed lists of payment."""

from yangguang.foundation.kernel.choices import Choices


class BatchStatus(Choices):
    """批次状态."""

    PREPARED = "prepared", "已制单"
    SENT = "sent", "已送银行"
    ANSWERED = "answered", "已收回单"
    RECONCILED = "reconciled", "已对账"
    VOIDED = "voided", "已撤销"


class InstructionStatus(Choices):
    """支付状态."""

    WAITING = "waiting", "待发放"
    PAID = "paid", "已到账"
    FAILED = "failed_payment", "发放失败"
    VOID = "void", "未送出即撤销"


# What no longer stands between a family and another instruction.
ENDED = (InstructionStatus.FAILED, InstructionStatus.VOID)


class FailureCode(Choices):
    """失败代码 of the bank's return file."""

    NAME = "name_differs", "户名不符"
    CLOSED = "account_closed", "账号销户"
    FROZEN = "account_frozen", "冻结"
    NUMBER = "number_differs", "证件不符"
    OTHER = "other_failure", "其他"


class Encoding(Choices):
    """银行文件编码: GBK cannot hold every sign of a name, the other two can."""

    GBK = "gbk", "GBK"
    GB18030 = "gb18030", "GB18030"
    UTF8 = "utf-8", "UTF-8"


class Unpayable(Choices):
    """不能制单的原因."""

    NO_ACCOUNT = "no_account", "无账户"
    HOLDER_DIED = "holder_died", "持卡人已故"
    LEFT = "left_register", "已退出登记"
    MOVED = "moved_out_of_scope", "已迁出辖区"
    FAILED_BEFORE = "failed_before", "上次发放失败，账户未更正"
