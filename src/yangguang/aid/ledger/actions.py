"""Writing what families are promised and what reached them; one reference never counts twice."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.backends.utils import CursorWrapper

from yangguang.aid.ledger.models import Entry, Payment
from yangguang.aid.ledger.rules import (
    LEGACY_ITEMS,
    AlreadyStopped,
    ReferenceTaken,
    UnknownRows,
    demand_amounts,
    demand_reason,
)
from yangguang.aid.ledger.types import Aid, Origin, Posting, Promise
from yangguang.families.registry.actions.roster import Recognised
from yangguang.families.registry.models import Household
from yangguang.families.registry.types import RegisterType
from yangguang.foundation.audit.actions import record
from yangguang.foundation.catalogue.queries import aid_items
from yangguang.foundation.divisions.queries import departments
from yangguang.foundation.walls.context import Actor
from yangguang.foundation.walls.staging import staged

_PROMISE = """
INSERT INTO ledger_entry (household_id, area_code, item_code, type, kind, payer, is_discretionary,
  is_counted, is_continuing, monthly_fen, promised_fen, started_date, is_failed, origin, reference)
SELECT s.household_id, h.area_code, %s, %s, %s, %s, %s, %s, false, 0, s.amount_fen, %s, false, %s,
  s.reference
FROM staged_promise s JOIN registry_household h ON h.id = s.household_id
ORDER BY s.household_id
ON CONFLICT (origin, reference) DO NOTHING
"""

_PROMISED_OTHERWISE = """
SELECT s.reference FROM staged_promise s
LEFT JOIN ledger_entry e ON e.origin = %s AND e.reference = s.reference
WHERE e.id IS NULL OR e.household_id <> s.household_id OR e.item_code <> %s
ORDER BY s.reference LIMIT 1
"""

_OPEN_MONTHLY = """
INSERT INTO ledger_entry (household_id, area_code, item_code, type, kind, payer, is_discretionary,
  is_counted, is_continuing, monthly_fen, promised_fen, started_date, is_failed, origin, reference)
SELECT s.household_id, h.area_code, s.item_code, s.type, s.kind, s.payer, false, s.is_counted, true,
  s.monthly_fen, 0, s.started_date, false, %s, s.reference
FROM staged_monthly s JOIN registry_household h ON h.id = s.household_id
ORDER BY s.household_id
ON CONFLICT (origin, reference) DO NOTHING
"""

# New payments alone lower the promise; an entry met twice in one call is lowered by the sum.
_POST = """
WITH fresh AS (
  INSERT INTO ledger_payment (entry_id, area_code, paid_date, amount_fen, reference)
  SELECT s.entry_id, e.area_code, s.paid_date, s.amount_fen, s.reference
  FROM staged_posting s JOIN ledger_entry e ON e.id = s.entry_id
  ORDER BY s.entry_id
  ON CONFLICT (reference) DO NOTHING
  RETURNING entry_id, amount_fen),
sums AS (SELECT entry_id, sum(amount_fen) AS fen, count(*) AS n FROM fresh GROUP BY entry_id),
lowered AS (
  UPDATE ledger_entry e SET promised_fen = greatest(e.promised_fen - sums.fen, 0)
  FROM sums WHERE e.id = sums.entry_id AND e.promised_fen > 0)
SELECT coalesce(sum(n), 0) FROM sums
"""

_POSTED_OTHERWISE = """
SELECT s.reference FROM staged_posting s
LEFT JOIN ledger_payment p ON p.reference = s.reference
WHERE p.id IS NULL OR p.entry_id <> s.entry_id OR p.amount_fen <> s.amount_fen
  OR p.paid_date <> s.paid_date
ORDER BY s.reference LIMIT 1
"""


@transaction.atomic
def promise(
    promises: Iterable[Promise],
    *,
    aid: Aid,
    origin: Origin,
    started_date: date,
    area_code: str,
    by: Actor,
    at: datetime,
    key: str,
) -> int:
    """Enter one-off aid that is approved and not yet paid; gives how many entries are new.

    The same references again change nothing. `key` and `area_code` name in the trail what the
    promises came from. Raises `UnknownRows` for a household that is not visible to the actor,
    `ReferenceTaken` for a reference that stands for another family or item.
    """
    columns = {"household_id": "bigint", "amount_fen": "bigint", "reference": "text"}
    rows = ((p.household_id, p.amount_fen, p.reference) for p in promises)
    with staged("staged_promise", columns, rows) as cursor:
        _demand_visible(cursor, "staged_promise", "household_id", "registry_household")
        what = (aid.item_code, aid.type, aid.kind, aid.payer, aid.is_discretionary, aid.is_counted)
        cursor.execute(_PROMISE, (*what, started_date, origin))
        entered = int(cursor.rowcount)
        cursor.execute(_PROMISED_OTHERWISE, [origin, aid.item_code])
        _demand_none_taken(cursor)
    content = {"entered": entered, "item": aid.item_code, "origin": str(origin)}
    record(
        "ledger.promise",
        kind="ledger",
        key=key,
        area_code=area_code,
        by=by,
        at=at,
        content=content,
    )
    return entered


@transaction.atomic
def post_payments(
    postings: Iterable[Posting], *, area_code: str, by: Actor, at: datetime, key: str
) -> int:
    """Enter what reached the families and lower what was promised; gives how many are new.

    The same references again change nothing. `key` and `area_code` name in the trail what the
    payments came from. Raises `UnknownRows` for an entry that is not visible to the actor,
    `ReferenceTaken` for a reference that stands for another payment.
    """
    columns = {
        "entry_id": "bigint",
        "paid_date": "date",
        "amount_fen": "bigint",
        "reference": "text",
    }
    rows = ((p.entry_id, p.paid_date, p.amount_fen, p.reference) for p in postings)
    with staged("staged_posting", columns, rows) as cursor:
        _demand_visible(cursor, "staged_posting", "entry_id", "ledger_entry")
        cursor.execute(_POST)
        entered = _number(cursor)
        cursor.execute(_POSTED_OTHERWISE)
        _demand_none_taken(cursor)
    record(
        "ledger.post_payments",
        kind="ledger",
        key=key,
        area_code=area_code,
        by=by,
        at=at,
        content={"entered": entered},
    )
    return entered


@transaction.atomic
def open_legacy(
    recognised: Iterable[Recognised], *, on: date, area_code: str, by: Actor, at: datetime, key: str
) -> int:
    """Open the continuing aid of families that a roster brings in force (存量); gives how many.

    Only categories that come with a monthly item, and amounts above zero, fen a household and
    month; payments of the past are not made up. The same household and item again change nothing.
    `on` chooses the items in force. Raises `UnknownRows` for a household that is not visible.
    """
    aids = _legacy_aids(on, area_code)
    rows = [
        (r.household_id, aid.item_code, aid.type, aid.kind, aid.payer, aid.is_counted,
         r.monthly_fen, r.started_date, f"{r.household_id}/{aid.item_code}")
        for r in recognised
        if r.monthly_fen > 0 and (aid := aids.get((r.category, r.register_type)))
    ]  # fmt: skip
    columns = {
        "household_id": "bigint", "item_code": "text", "type": "text", "kind": "text",
        "payer": "text", "is_counted": "boolean", "monthly_fen": "bigint", "started_date": "date",
        "reference": "text",
    }  # fmt: skip
    with staged("staged_monthly", columns, rows) as cursor:
        _demand_visible(cursor, "staged_monthly", "household_id", "registry_household")
        cursor.execute(_OPEN_MONTHLY, [Origin.IMPORTED])
        entered = int(cursor.rowcount)
    record(
        "ledger.open_legacy",
        kind="ledger",
        key=key,
        area_code=area_code,
        by=by,
        at=at,
        content={"entered": entered},
    )
    return entered


def _legacy_aids(on: date, area_code: str) -> dict[tuple[str, str], Aid]:
    """Give the monthly item of each category and register type that has one in force."""
    items = {view.code: view.item for view in aid_items(on, area_code)}
    payers = {unit.code: unit.name for unit in departments()}
    return {
        (category, register): Aid(
            item_code=code,
            type=items[code].type,
            kind=items[code].kind,
            payer=payers.get(items[code].department, items[code].department),
            is_discretionary=False,
            is_counted=items[code].counted,
        )
        for category, code_of in LEGACY_ITEMS.items()
        for register in RegisterType.codes()
        if (code := code_of.format(register=register)) in items
    }


@transaction.atomic
def record_aid(
    household_id: int,
    *,
    aid: Aid,
    origin: Origin,
    reference: str,
    on: date,
    by: Actor,
    at: datetime,
    amount_fen: int = 0,
    monthly_fen: int = 0,
) -> Entry:
    """Enter aid that another department, a donor or a decision reports; gives the entry.

    One-off aid has an amount and is paid on `on`; continuing aid has a monthly amount and runs
    from `on`, its payments follow by `post_payments`. Goods count at purchase price, fee cuts at
    the amount cut; all in fen. The same reference again changes nothing. Raises `AmountUnfit`,
    `UnknownRows`, `ReferenceTaken`.
    """
    demand_amounts(amount_fen=amount_fen, monthly_fen=monthly_fen)
    household = Household.objects.select_for_update(no_key=True).filter(pk=household_id).first()
    if household is None:
        raise UnknownRows("没有找到这一户，或不在您的辖区。请核对户编号。")
    entry, is_new = Entry.objects.get_or_create(
        origin=origin,
        reference=reference,
        defaults={
            "household": household,
            "area_code": household.area_id,
            "item_code": aid.item_code,
            "type": aid.type,
            "kind": aid.kind,
            "payer": aid.payer,
            "is_discretionary": aid.is_discretionary,
            "is_counted": aid.is_counted,
            "is_continuing": monthly_fen > 0,
            "monthly_fen": monthly_fen,
            "started_date": on,
        },
    )
    if not is_new:
        return _the_same(entry, household, aid, on, amount_fen, monthly_fen)
    if amount_fen:
        _pay_once(entry, on, amount_fen)
    _audit("ledger.record_aid", entry, by=by, at=at, reason="")
    return entry


@transaction.atomic
def stop(entry_id: int, *, on: date, reason: str, by: Actor, at: datetime) -> Entry:
    """Stop continuing aid from a day on; stopped on the same day before, nothing changes.

    Raises `UnknownRows`, `ReasonMissing`, and `AlreadyStopped` for another day or one-off aid.
    """
    entry, text = _locked(entry_id), demand_reason(reason)
    if entry.stopped_date == on:
        return entry
    if entry.is_failed or not entry.is_continuing or entry.stopped_date is not None:
        raise AlreadyStopped("这项救助不是按月发放，或已停发、已作废，不能再停发。请核对救助记录。")
    if on < entry.started_date:
        raise AlreadyStopped("停发日期早于起始日期。请核对停发日期；整项登记有误的请作废。")
    entry.stopped_date = on
    entry.save(update_fields=["stopped_date"])
    _audit("ledger.stop", entry, by=by, at=at, reason=text)
    return entry


@transaction.atomic
def fail(entry_id: int, *, reason: str, by: Actor, at: datetime) -> Entry:
    """Void a whole entry: payments and promise count nothing from now on; twice is once.

    Raises `UnknownRows`, `ReasonMissing`.
    """
    entry, text = _locked(entry_id), demand_reason(reason)
    if entry.is_failed:
        return entry
    entry.is_failed = True
    entry.save(update_fields=["is_failed"])
    _audit("ledger.fail", entry, by=by, at=at, reason=text)
    return entry


def _locked(entry_id: int) -> Entry:
    entry = Entry.objects.select_for_update(no_key=True).filter(pk=entry_id).first()
    if entry is None:
        raise UnknownRows("没有找到这条救助记录，或不在您的辖区。请刷新后重试。")
    return entry


def _demand_visible(cursor: CursorWrapper, rows: str, column: str, table: str) -> None:
    cursor.execute(
        f"SELECT count(*) FROM {rows} s LEFT JOIN {table} t ON t.id = s.{column} WHERE t.id IS NULL"
    )
    if missing := _number(cursor):
        raise UnknownRows(f"有{missing}笔所属的家庭不在册或不在您的辖区，全部未入账。请核对名单。")


def _number(cursor: CursorWrapper) -> int:
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _demand_none_taken(cursor: CursorWrapper) -> None:
    if row := cursor.fetchone():
        raise ReferenceTaken(
            f"编号“{row[0]}”已经登记过，内容与这次不同，全部未入账。请核对原记录。"
        )


def _the_same(
    entry: Entry, household: Household, aid: Aid, on: date, amount_fen: int, monthly_fen: int
) -> Entry:
    paid = list(entry.payments.filter(reference=_once(entry)).values_list("amount_fen", flat=True))
    known = (entry.household_id, entry.item_code, entry.started_date, entry.monthly_fen, paid)
    given = (household.pk, aid.item_code, on, monthly_fen, [amount_fen] if amount_fen else [])
    if known != given:
        raise ReferenceTaken(
            f"编号“{entry.reference}”已经登记过，内容与这次不同。请核对原记录，或换一个编号。"
        )
    return entry


def _once(entry: Entry) -> str:
    return f"{entry.origin}/{entry.reference}"


def _pay_once(entry: Entry, on: date, amount_fen: int) -> None:
    Payment.objects.create(
        entry=entry,
        area_code=entry.area_code,
        paid_date=on,
        amount_fen=amount_fen,
        reference=_once(entry),
    )


def _audit(verb: str, entry: Entry, *, by: Actor, at: datetime, reason: str) -> None:
    record(
        verb,
        kind="entry",
        key=entry.pk,
        area_code=entry.area_code,
        by=by,
        at=at,
        reason=reason,
        content={"reference": entry.reference, "item": entry.item_code},
    )
