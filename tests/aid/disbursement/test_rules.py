"""When the sums of a batch agree."""

from dataclasses import replace

import pytest

from yangguang.aid.disbursement.rules import (
    Difference,
    SamePerson,
    StatusUnfit,
    Sums,
    demand_agreement,
    demand_another,
    demand_status,
)
from yangguang.aid.disbursement.types import BatchStatus

GOOD = Sums(
    plan=100,
    issued=90,
    not_issued=10,
    batch=90,
    instructions=90,
    file=90,
    paid=80,
    failed=10,
    waiting=0,
    ledger=80,
    promised=10,
)


def test_sums_that_agree_pass() -> None:
    demand_agreement(GOOD)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ("plan", "方案合计"),
        ("issued", "方案合计"),
        ("not_issued", "方案合计"),
        ("batch", "逐笔指令"),
        ("instructions", "逐笔指令"),
        ("file", "银行文件"),
        ("failed", "银行回单"),
        ("paid", "银行回单"),
        ("ledger", "台账到账"),
        ("promised", "台账已批未付"),
    ],
)
@pytest.mark.parametrize("fen", [1, -1])
def test_one_fen_anywhere_is_found_and_named(place: str, named: str, fen: int) -> None:
    sums = replace(GOOD, **{place: getattr(GOOD, place) + fen})
    with pytest.raises(Difference, match=rf"{named}.*0\.01元"):
        demand_agreement(sums)


def test_a_batch_in_another_state_is_refused() -> None:
    with pytest.raises(StatusUnfit, match="已制单"):
        demand_status(BatchStatus.PREPARED, BatchStatus.SENT)


def test_whoever_prepared_does_not_send() -> None:
    demand_another(2, prepared_by=1)
    with pytest.raises(SamePerson):
        demand_another(1, prepared_by=1)
