"""From an approved plan to money in the hand: once, to the fen, under four eyes."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from tests.aid.paying import (
    ANOTHER,
    APPROVER,
    AT,
    ON,
    PLANNER,
    approved,
    drawn,
    families,
    give_account,
    villages,
)
from yangguang.aid.disbursement.actions import (
    answering,
    bank_file,
    prepare_batch,
    read_results,
    reconcile,
    send_batch,
    void_batch,
)
from yangguang.aid.disbursement.channels.bankfile.layout import FileRefused, frame, unframe
from yangguang.aid.disbursement.channels.bankfile.standin import answer
from yangguang.aid.disbursement.models import Batch, Instruction
from yangguang.aid.disbursement.queries.pages import (
    batch_list,
    batch_page,
    export_rows,
)
from yangguang.aid.disbursement.queries.payees import unpaid
from yangguang.aid.disbursement.rules import (
    AnotherAnswer,
    Difference,
    FileChanged,
    NothingToPay,
    NotInArea,
    ReasonMissing,
    SamePerson,
    StatusUnfit,
    demand_agreement,
)
from yangguang.aid.disbursement.types import BatchStatus, Encoding, InstructionStatus, Unpayable
from yangguang.aid.ledger.actions import post_payments
from yangguang.aid.ledger.models import Entry, Payment
from yangguang.aid.ledger.types import Posting
from yangguang.aid.plans.models import Plan
from yangguang.families.registry.models import BankAccount, Household, Person
from yangguang.foundation.accounts.rules.roles import NotPermitted
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, enter

pytestmark = [pytest.mark.usefixtures("county"), pytest.mark.slow]

GB18030 = Encoding.GB18030
LATER = AT + timedelta(days=2)
PAID_AT = datetime(2026, 11, 25, 9, 30)  # noqa: DTZ001 - the bank writes local time


def sent(plan: Plan) -> tuple[Batch, bytes]:
    batch = prepare_batch(plan.pk, by=PLANNER, at=AT)
    data = send_batch(batch.pk, encoding=GB18030, by=APPROVER, at=AT)
    batch.refresh_from_db()
    return batch, data


def banked(data: bytes, *, failing: int = 0, seed: int = 7) -> bytes:
    return answer(data, encoding=GB18030, seed=seed, paid_at=PAID_AT, failing_per_mille=failing)


def fen(field: str, rows: object) -> int:
    return rows.aggregate(fen=Sum(field))["fen"] or 0


def change(statement: str, *given: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)


@pytest.mark.requirement(53)
@pytest.mark.requirement(55)
def test_plan_batch_file_answer_and_ledger_agree_to_the_fen() -> None:
    families(30, names=("王秀英", "王䶮", "买买提·吐尔逊"))
    plan = approved(255_000)
    batch, data = sent(plan)
    read_results(batch.pk, data=banked(data, failing=300), by=APPROVER, at=LATER)
    sums = reconcile(batch.pk, by=APPROVER, at=LATER)
    lines = unframe(data, encoding=GB18030)
    assert sums.plan == sums.batch == sums.file == int(lines[0][3]) == 250_000
    assert 0 < sums.failed < 250_000
    assert sums.paid == sums.ledger == fen("amount_fen", Payment.objects.all())
    assert sums.promised == sums.failed == fen("promised_fen", Entry.objects.all())
    batch.refresh_from_db()
    assert batch.status == BatchStatus.RECONCILED


def test_what_arrived_is_paid_and_what_failed_stays_promised_with_its_code() -> None:
    families(30)
    batch, data = sent(approved(300_000))
    read_results(batch.pk, data=banked(data, failing=300), by=APPROVER, at=LATER)
    paid = Instruction.objects.filter(status=InstructionStatus.PAID)
    failed = Instruction.objects.filter(status=InstructionStatus.FAILED)
    assert paid.exists()
    assert failed.exists()
    for one in paid:
        payment = Payment.objects.get(entry_id=one.entry_id)
        assert (payment.amount_fen, payment.paid_date) == (10_000, one.paid_date)
        assert payment.reference == f"{batch.number}/{one.household_number}"
        assert one.entry.promised_fen == 0
    for one in failed:
        assert not Payment.objects.filter(entry_id=one.entry_id).exists()
        assert (one.entry.promised_fen, bool(one.failure)) == (10_000, True)


@pytest.mark.requirement(53)
def test_each_step_done_twice_has_one_effect() -> None:
    families(5)
    plan = approved(50_000)
    first = prepare_batch(plan.pk, by=PLANNER, at=AT)
    assert prepare_batch(plan.pk, by=PLANNER, at=AT).pk == first.pk
    files = {send_batch(first.pk, encoding=GB18030, by=APPROVER, at=AT) for _ in range(2)}
    assert len(files) == 1
    results = banked(files.pop())
    for _ in range(2):
        read_results(first.pk, data=results, by=APPROVER, at=LATER)
        reconcile(first.pk, by=APPROVER, at=LATER)
    read_results(first.pk, data=results, by=APPROVER, at=LATER)
    assert (Batch.objects.count(), Instruction.objects.count(), Payment.objects.count()) == (
        1,
        5,
        5,
    )
    verbs = Record.objects.filter(object_kind="batch", object_key=first.number).order_by("id")
    assert [row.verb.removeprefix("disbursement.") for row in verbs] == [
        "prepare_batch",
        "send_batch",
        "read_results",
        "reconcile",
    ]


def test_another_answer_to_the_same_batch_is_refused() -> None:
    families(5)
    batch, data = sent(approved(50_000))
    read_results(batch.pk, data=banked(data), by=APPROVER, at=LATER)
    with pytest.raises(AnotherAnswer):
        read_results(batch.pk, data=banked(data, failing=1000), by=APPROVER, at=LATER)
    assert Payment.objects.count() == 5


def test_a_faulty_answer_leaves_everything_as_it_was() -> None:
    families(5)
    batch, data = sent(approved(50_000))
    lines = unframe(banked(data), encoding=GB18030)
    lines[5][4] = "9999"
    with pytest.raises(FileRefused, match="第6行"):
        read_results(batch.pk, data=frame(lines, encoding=GB18030), by=APPROVER, at=LATER)
    assert not Payment.objects.exists()
    assert set(Instruction.objects.values_list("status", flat=True)) == {"waiting"}
    read_results(batch.pk, data=banked(data), by=APPROVER, at=LATER)


def test_families_without_an_account_are_listed_stay_promised_and_are_paid_once_they_have_one() -> (
    None
):
    made = families(4, without_account=[1, 2])
    plan = approved(40_000)
    batch, data = sent(plan)
    assert [(u.household_number, u.reason, u.amount_fen) for u in unpaid(plan.pk)] == [
        ("JT000002", Unpayable.NO_ACCOUNT, 10_000),
        ("JT000003", Unpayable.NO_ACCOUNT, 10_000),
    ]
    read_results(batch.pk, data=banked(data), by=APPROVER, at=LATER)
    sums = reconcile(batch.pk, by=APPROVER, at=LATER)
    assert (sums.plan, sums.issued, sums.not_issued) == (40_000, 20_000, 20_000)
    assert fen("promised_fen", Entry.objects.all()) == 20_000
    give_account(made[1])
    second, more = sent(plan)
    assert (second.run, second.instructions_count) == (2, 1)
    read_results(second.pk, data=banked(more), by=APPROVER, at=LATER)
    assert reconcile(second.pk, by=APPROVER, at=LATER).not_issued == 10_000
    assert fen("amount_fen", Payment.objects.all()) == 30_000


def test_a_plan_nobody_of_which_has_an_account_makes_no_batch() -> None:
    families(1, without_account=[0])
    with pytest.raises(NothingToPay):
        prepare_batch(approved(10_000).pk, by=PLANNER, at=AT)


def test_who_left_or_died_before_the_batch_is_reported_not_paid() -> None:
    made = families(3)
    plan = approved(30_000)
    Household.objects.filter(pk=made[0].pk).update(closed_date=ON)
    Person.objects.filter(pk=made[1].head_id).update(died_date=ON)
    batch = prepare_batch(plan.pk, by=PLANNER, at=AT)
    assert [u.reason for u in unpaid(plan.pk)] == [Unpayable.LEFT, Unpayable.HOLDER_DIED]
    assert batch.total_fen == 10_000


def test_a_family_that_moves_to_another_county_while_the_bank_pays_is_paid_all_the_same() -> None:
    made = families(2)
    batch, data = sent(approved(20_000))
    enter(Actor(9011, "市", "system", "3701"))
    Household.objects.filter(pk=made[0].pk).update(area_id=villages("370102", 1)[0])
    enter(APPROVER)
    read_results(batch.pk, data=banked(data), by=APPROVER, at=LATER)
    assert reconcile(batch.pk, by=APPROVER, at=LATER).ledger == 20_000
    assert Payment.objects.count() == 1  # the other one has moved out of sight with its family
    assert send_batch(batch.pk, encoding=GB18030, by=APPROVER, at=LATER) == data


def test_four_eyes_hold_for_sending_in_the_program_and_in_the_database() -> None:
    families(1)
    batch = prepare_batch(approved(10_000).pk, by=PLANNER, at=AT)
    himself = Actor(PLANNER.id, PLANNER.name, APPROVER.role, PLANNER.scope)
    with pytest.raises(SamePerson):
        send_batch(batch.pk, encoding=GB18030, by=himself, at=AT)
    with pytest.raises(IntegrityError, match="batch_four_eyes"):
        change(
            """UPDATE disbursement_batch SET status = 'sent', sent_at = now(), sent_by = %s,
            file_digest = repeat('a', 64) WHERE id = %s""",
            PLANNER.id,
            batch.pk,
        )


def test_roles_decide_who_prepares_who_sends_and_who_reads_the_file() -> None:
    families(1)
    plan = approved(10_000)
    with pytest.raises(NotPermitted):
        prepare_batch(plan.pk, by=APPROVER, at=AT)
    batch = prepare_batch(plan.pk, by=PLANNER, at=AT)
    for verb in (send_batch, bank_file):
        with pytest.raises(NotPermitted):
            verb(batch.pk, encoding=GB18030, by=PLANNER, at=AT)
    with pytest.raises(NotPermitted):
        read_results(batch.pk, data=b"", by=PLANNER, at=AT)
    with pytest.raises(NotPermitted):
        reconcile(batch.pk, by=PLANNER, at=AT)


def test_another_county_sees_no_batch() -> None:
    families(1)
    batch, data = sent(approved(10_000))
    elsewhere = Actor(9010, "外区", APPROVER.role, "370102")
    enter(elsewhere)
    with pytest.raises(NotInArea):
        read_results(batch.pk, data=banked(data), by=elsewhere, at=LATER)
    assert batch_list() == []


def test_a_plan_that_is_not_approved_and_a_batch_that_is_not_sent_go_no_further() -> None:
    families(1)
    plan = drawn(10_000)
    with pytest.raises(StatusUnfit, match="草稿"):
        prepare_batch(plan.pk, by=PLANNER, at=AT)
    batch = prepare_batch(approved(10_000, title="二").pk, by=PLANNER, at=AT)
    with pytest.raises(StatusUnfit, match="已制单"):
        read_results(batch.pk, data=b"", by=APPROVER, at=AT)
    with pytest.raises(StatusUnfit, match="已制单"):
        reconcile(batch.pk, by=APPROVER, at=AT)


def test_the_file_is_made_again_byte_for_byte_whatever_the_register_learns_later() -> None:
    made = families(3, names=("王䶮",))
    batch, data = sent(approved(30_000))
    assert hashlib.sha256(data).hexdigest() == batch.file_digest
    Person.objects.filter(pk=made[0].head_id).update(name="王龙")
    BankAccount.objects.filter(household=made[0]).update(bank="别的银行")
    Household.objects.filter(pk=made[0].pk).update(area_id=villages(count=9)[8])
    assert bank_file(batch.pk, encoding=Encoding.UTF8, by=ANOTHER, at=LATER) == data
    line = unframe(data, encoding=GB18030)[1]
    assert (line[5], line[6], line[9], line[11]) == (
        "JT000001",
        "王䶮",
        f"62284800{made[0].pk:08}",
        "支出型临时救助",
    )
    assert line[7].startswith("990112")


def test_gbk_that_cannot_hold_a_name_sends_nothing_and_says_which_row() -> None:
    families(3, names=("王秀英", "王䶮", "李强"))
    batch = prepare_batch(approved(30_000).pk, by=PLANNER, at=AT)
    with pytest.raises(FileRefused, match=r"第3行.*“䶮”"):
        send_batch(batch.pk, encoding=Encoding.GBK, by=APPROVER, at=AT)
    batch.refresh_from_db()
    assert (batch.status, batch.file_digest) == (BatchStatus.PREPARED, "")


def test_reading_the_file_is_a_record() -> None:
    families(1)
    batch, _ = sent(approved(10_000))
    bank_file(batch.pk, encoding=GB18030, by=ANOTHER, at=LATER)
    assert Record.objects.get(verb="disbursement.bank_file").actor_id == ANOTHER.id


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE disbursement_instruction SET amount_fen = amount_fen + 1",
        "UPDATE disbursement_instruction SET card_sealed = 'x'",
        "UPDATE disbursement_instruction SET holder_name = 'x'",
        "DELETE FROM disbursement_instruction",
    ],
)
def test_an_instruction_is_written_once(statement: str) -> None:
    families(2)
    sent(approved(20_000))
    with pytest.raises(IntegrityError, match="written once"):
        change(statement)


def test_the_banks_word_is_written_once() -> None:
    families(2)
    batch, data = sent(approved(20_000))
    read_results(batch.pk, data=banked(data), by=APPROVER, at=LATER)
    with pytest.raises(IntegrityError, match="written once"):
        change("UPDATE disbursement_instruction SET status = 'waiting', paid_date = NULL")


def test_no_instruction_joins_a_batch_that_was_sent_nor_pays_an_entry_twice() -> None:
    made = families(2)
    plan = approved(20_000)
    batch, _ = sent(plan)
    copy = """INSERT INTO disbursement_instruction (batch_id, area_code, household_id, entry_id,
        household_number, village_code, sequence, holder_name, number_sealed, bank, card_sealed,
        card_blind, card_tail, amount_fen, period, status, failure, bank_serial)
      SELECT %s, area_code, household_id, entry_id, household_number, village_code, sequence + 100,
        holder_name, number_sealed, bank, card_sealed, card_blind, card_tail, amount_fen, period,
        'waiting', '', '' FROM disbursement_instruction WHERE household_id = %s"""
    with pytest.raises(IntegrityError, match="written once"):
        change(copy, batch.pk, made[0].pk)
    other = Batch.objects.create(
        plan=plan,
        run=9,
        area_code=batch.area_code,
        number="B-9",
        status="prepared",
        period=batch.period,
        instructions_count=1,
        total_fen=1,
        prepared_at=AT,
        prepared_by=1,
    )
    with pytest.raises(IntegrityError, match="instruction_pays_once"):
        change(copy, other.pk, made[0].pk)


def test_a_difference_of_one_fen_in_the_ledger_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_fen_less(postings: Iterable[Posting], **rest: Any) -> int:
        first, *others = postings
        return post_payments([replace(first, amount_fen=first.amount_fen - 1), *others], **rest)

    # A payment once entered cannot be changed: it is entered wrongly.
    monkeypatch.setattr(answering, "post_payments", one_fen_less)
    families(3)
    batch, data = sent(approved(30_000))
    read_results(batch.pk, data=banked(data), by=APPROVER, at=LATER)
    with pytest.raises(Difference, match=r"台账到账金额相差0\.01元"):
        reconcile(batch.pk, by=APPROVER, at=LATER)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.ANSWERED


def test_a_file_that_is_no_longer_the_one_sent_is_found() -> None:
    families(1)
    batch, _ = sent(approved(10_000))
    change("UPDATE disbursement_batch SET file_digest = repeat('0', 64)")
    with pytest.raises(FileChanged):
        bank_file(batch.pk, encoding=GB18030, by=APPROVER, at=LATER)


def test_the_pages_show_sums_failures_and_whom_the_batch_could_not_pay() -> None:
    families(30, without_account=[3])
    plan = approved(300_000)
    batch, data = sent(plan)
    read_results(batch.pk, data=banked(data, failing=300), by=APPROVER, at=LATER)
    page = batch_page(batch.pk)
    assert page is not None
    assert sum(part.fen for part in page.by_status) == page.batch.total_fen == 290_000
    assert sum(part.count for part in page.by_failure) == len(page.failed) > 0
    assert [u.household_number for u in page.unpaid] == ["JT000004"]
    assert [row.number for row in batch_list(plan_id=plan.pk)] == [batch.number]
    rows = list(export_rows(batch.pk))
    assert [row.sequence for row in rows] == list(range(1, 30))
    assert rows[0].card_tail.isdigit()
    demand_agreement(page.sums)


def test_a_prepared_batch_is_taken_back_and_its_families_go_into_the_next_one() -> None:
    family, _ = families(2)
    plan = approved(20_000)
    batch = prepare_batch(plan.pk, by=PLANNER, at=AT)
    with pytest.raises(ReasonMissing):
        void_batch(batch.pk, reason=" ", by=PLANNER, at=AT)
    void_batch(batch.pk, reason="开户行登记有误", by=PLANNER, at=AT)
    assert (
        void_batch(batch.pk, reason="再按一次", by=APPROVER, at=AT).voided_reason
        == "开户行登记有误"
    )
    for verb in (send_batch, bank_file):
        with pytest.raises(StatusUnfit, match="已撤销"):
            verb(batch.pk, encoding=GB18030, by=APPROVER, at=AT)
    again, data = sent(plan)
    assert (again.run, again.instructions_count, again.total_fen) == (2, 2, 20_000)
    read_results(again.pk, data=banked(data), by=APPROVER, at=LATER)
    assert reconcile(again.pk, by=APPROVER, at=LATER).issued == 20_000
    assert fen("amount_fen", Payment.objects.filter(entry__household=family)) == 10_000


def test_a_sent_batch_is_not_taken_back_in_program_or_database() -> None:
    families(1)
    batch, _ = sent(approved(10_000))
    with pytest.raises(StatusUnfit):
        void_batch(batch.pk, reason="后悔了", by=APPROVER, at=AT)
    with pytest.raises(IntegrityError, match="batch_sent_file"):
        change(
            "UPDATE disbursement_batch SET status = 'voided', voided_at = now(), voided_by = 1,"
            " voided_reason = 'x' WHERE id = %s",
            batch.pk,
        )
    with pytest.raises(NotPermitted):
        void_batch(batch.pk, reason="x", by=Actor(5, "丁", "village_clerk", "370112"), at=AT)


def test_a_failed_payment_goes_again_once_the_account_is_another() -> None:
    family, _ = families(2)
    plan = approved(20_000)
    batch, data = sent(plan)
    read_results(batch.pk, data=banked(data, failing=1000), by=APPROVER, at=LATER)
    assert prepare_batch(plan.pk, by=PLANNER, at=LATER).pk == batch.pk
    assert {one.reason for one in unpaid(plan.pk)} == {Unpayable.FAILED_BEFORE}

    BankAccount.objects.filter(household=family).update(ended_date=ON)
    give_account(family, start="62220200")
    again, data = sent(plan)
    assert (again.run, again.instructions_count, again.total_fen) == (2, 1, 10_000)
    read_results(again.pk, data=banked(data), by=APPROVER, at=LATER)
    for one in (batch, again):
        reconcile(one.pk, by=APPROVER, at=LATER)
    assert fen("amount_fen", Payment.objects.filter(entry__household=family)) == 10_000
