"""How figures, dates and spans are written for people, in Chinese and in English.

Every function takes plain values and gives a string; ``None`` gives an em dash. The language is
the active one of the request. The names here are the filters of the templates.
"""

import datetime
import json
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup

from yangguang.foundation.kernel.masks import mask_card, mask_name, mask_number, mask_phone
from yangguang.foundation.kernel.money import Fen, format_fen

NOTHING = "—"
MINUS = "\u2212"
CHINESE_DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ENGLISH_MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())  # noqa: SIM905

type Number = int | float | Decimal
type Day = datetime.date


class Bar(NamedTuple):
    """Where an index bar ends and where its mark stands, as SVG percentages."""

    fill: str
    mark: str | None


def is_english() -> bool:
    """Say whether the reader's language is English; everything else reads Chinese."""
    return (get_language() or "").startswith("en")


def _fixed(value: Number, digits: int) -> str:
    """Write with thousands commas and a true minus sign, halves rounded away from zero."""
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    return f"{rounded:,}".replace("-", MINUS) if rounded else f"{abs(rounded):,}"


def money(fen: int | None) -> str:
    """Write an amount in fen as yuan with two decimals: 123450 is "1,234.50"."""
    return NOTHING if fen is None else format_fen(Fen(fen)).replace("-", MINUS)


def yuan(fen: int | None) -> str:
    """Write an amount in fen as whole yuan, halves up: 123450 is "1,235"; for lists only."""
    return NOTHING if fen is None else _fixed(Decimal(fen) / 100, 0)


def wan(fen: int | None) -> str:
    """Write an amount in fen as 万元 with one decimal; in English as millions of yuan."""
    if fen is None:
        return NOTHING
    if is_english():
        return f"CNY {_fixed(Decimal(fen) / 100_000_000, 2)} million"
    return f"{_fixed(Decimal(fen) / 1_000_000, 1)} 万元"


def score(value: Number | None) -> str:
    """Write an index (0–100) with one decimal: "86.8"."""
    return NOTHING if value is None else _fixed(value, 1)


def points(value: Number | None) -> str:
    """Write a contribution to an index with two decimals and a true minus: "−31.48"."""
    return NOTHING if value is None else _fixed(value, 2)


def thousands(number: int | None) -> str:
    """Write a count with commas: "84,498"."""
    return NOTHING if number is None else f"{number:,}".replace("-", MINUS)


def percent(share: Number | None, digits: int = 0) -> str:
    """Write a share (0–1) as a percentage: 0.987 with one digit is "98.7%"."""
    return NOTHING if share is None else f"{_fixed(Decimal(str(share)) * 100, digits)}%"


def _local(moment: Day) -> Day:
    """Give the local day or moment; a moment with a zone is moved to the city's."""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def date(day: Day | None) -> str:
    """Write a day with its weekday: "2026年11月24日 周二", in English "Tue 24 Nov 2026"."""
    if day is None:
        return NOTHING
    day = _local(day)
    if is_english():
        return f"{ENGLISH_DAYS[day.weekday()]} {day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日 {CHINESE_DAYS[day.weekday()]}"


def day(day: Day | None) -> str:
    """Write a day without weekday: "2026年11月24日", in English "24 Nov 2026"."""
    return NOTHING if day is None else _plain(_local(day))


def _plain(day: Day) -> str:
    if is_english():
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def short_day(day: Day) -> str:
    """Write a day of a known year without weekday: "11月24日", in English "24 Nov"."""
    if is_english():
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日"


def short_date(day: Day | None) -> str:
    """Write a day of this year: "11月24日 周二", in English "Tue 24 Nov"."""
    if day is None:
        return NOTHING
    day = _local(day)
    if is_english():
        return f"{ENGLISH_DAYS[day.weekday()]} {day.day} {ENGLISH_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日 {CHINESE_DAYS[day.weekday()]}"


def month(day: Day | None) -> str:
    """Write a month: "2026年11月", in English "Nov 2026"."""
    if day is None:
        return NOTHING
    day = _local(day)
    if is_english():
        return f"{ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月"


def moment(at: datetime.datetime | None) -> str:
    """Write a moment in local time: "2026年11月24日 周二 10:42"."""
    return NOTHING if at is None else f"{date(at)} {clock(at)}"


def clock(at: datetime.datetime | None) -> str:
    """Write the local time of day: "10:42"."""
    return NOTHING if at is None else f"{_local(at):%H:%M}"


def _months_between(earlier: Day, later: Day) -> int:
    """Count whole calendar months; the last day of a month closes a month."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if later.day < earlier.day else months


def relative(when: Day | None, *, on: Day) -> str:
    """Say how long ago or ahead a day lies from ``on``: "今天", "11天前", "3个月前", "2年后".

    Below a whole month in calendar days, below a year in whole months, then in whole years.
    ``None`` is "从未" (never).
    """
    if when is None:
        return gettext("从未")
    there = _as_day(when)
    distance = (there - on).days
    if distance == 0:
        return gettext("今天")
    return _ago(there, on) if distance < 0 else _ahead(on, there)


def _as_day(when: Day) -> Day:
    local = _local(when)
    return local.date() if isinstance(local, datetime.datetime) else local


def _ago(there: Day, on: Day) -> str:
    months = _months_between(there, on)
    days = (on - there).days
    if months >= 12:
        return ngettext("%(n)d年前", "%(n)d年前", months // 12) % {"n": months // 12}
    if months:
        return ngettext("%(n)d个月前", "%(n)d个月前", months) % {"n": months}
    return ngettext("%(n)d天前", "%(n)d天前", days) % {"n": days}


def _ahead(on: Day, there: Day) -> str:
    months = _months_between(on, there)
    days = (there - on).days
    if months >= 12:
        return ngettext("%(n)d年后", "%(n)d年后", months // 12) % {"n": months // 12}
    if months:
        return ngettext("%(n)d个月后", "%(n)d个月后", months) % {"n": months}
    return ngettext("%(n)d天后", "%(n)d天后", days) % {"n": days}


def remaining(workdays: int) -> str:
    """Say how many working days are left: "剩余 3 个工作日", "今天到期", "逾期 2 个工作日"."""
    if workdays == 0:
        return gettext("今天到期")
    if workdays > 0:
        text = ngettext("剩余 %(n)d 个工作日", "剩余 %(n)d 个工作日", workdays)
    else:
        text = ngettext("逾期 %(n)d 个工作日", "逾期 %(n)d 个工作日", -workdays)
    return text % {"n": abs(workdays)}


def due_tone(workdays: int) -> str:
    """Give the tone of a deadline: "stop" once late, "warn" within five working days, "quiet"."""
    if workdays < 0:
        return "stop"
    return "warn" if workdays <= 5 else "quiet"


def bar(value: Number | None, mark: Number | None = None) -> Bar:
    """Place an index bar's end and its mark; both are held within 0–100 %."""
    return Bar(_place(value or 0), None if mark is None else _place(mark))


def _place(value: Number) -> str:
    held = min(max(Decimal(str(value)), Decimal(0)), Decimal(100))
    return f"{held.quantize(Decimal('0.1'), rounding=ROUND_HALF_UP)}%"


def as_json(value: object) -> Markup:
    """Write plain data as JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


FILTERS: Mapping[str, Callable[..., object]] = {
    "money": money,
    "yuan": yuan,
    "wan": wan,
    "score": score,
    "points": points,
    "thousands": thousands,
    "percent": percent,
    "date": date,
    "day": day,
    "short_date": short_date,
    "month": month,
    "moment": moment,
    "clock": clock,
    "relative": relative,
    "remaining": remaining,
    "due_tone": due_tone,
    "as_json": as_json,
    "mask_name": mask_name,
    "mask_number": mask_number,
    "mask_phone": mask_phone,
    "mask_card": mask_card,
}
