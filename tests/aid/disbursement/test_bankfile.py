"""The file to the bank: the same bytes for the same batch, and no sign lost."""

import hashlib

import pytest

from yangguang.aid.disbursement.channels.bankfile.layout import FileRefused, frame, unframe
from yangguang.aid.disbursement.channels.bankfile.outgoing import Order, Payment, make_file
from yangguang.aid.disbursement.types import Encoding

ORDER = Order("B370112-2026-0001-01", "mz-holiday", "P370112-2026-0001", "节日救助", "202611")


def payment(name: str = "王秀英", fen: int = 10_000, number: str = "JT000001") -> Payment:
    return Payment("370112001001", number, name, "990112195001010012", "农业银行", "622848001", fen)


def test_the_layout_is_the_published_one() -> None:
    data = make_file(ORDER, [payment()], encoding=Encoding.UTF8)
    head, line, end = data.decode().split("\r\n")[:3]
    assert head == "H|B370112-2026-0001-01|1|10000|UTF-8"
    assert line == (
        "D|B370112-2026-0001-01|mz-holiday|P370112-2026-0001|370112001001|JT000001|王秀英|"
        "990112195001010012|农业银行|622848001|10000|节日救助|202611"
    )
    body = data[: data.index(b"T|")]
    assert end == f"T|{hashlib.sha256(body).hexdigest()}"


@pytest.mark.parametrize("encoding", list(Encoding))
def test_the_same_batch_gives_the_same_bytes_and_reads_back(encoding: Encoding) -> None:
    payments = [payment("王秀英"), payment("欧阳喆", 1, "JT000002")]
    data = make_file(ORDER, payments, encoding=encoding)
    assert data == make_file(ORDER, payments, encoding=encoding)
    head, *lines = unframe(data, encoding=encoding)
    assert head[2:4] == ["2", "10001"]
    assert [line[6] for line in lines] == ["王秀英", "欧阳喆"]


@pytest.mark.parametrize("encoding", [Encoding.GB18030, Encoding.UTF8])
@pytest.mark.parametrize("name", ["王䶮", "李𬱖", "买买提·吐尔逊", "㛃", "𠀀"])
def test_rare_signs_survive_in_both_full_encodings(encoding: Encoding, name: str) -> None:
    data = make_file(ORDER, [payment(name)], encoding=encoding)
    assert unframe(data, encoding=encoding)[1][6] == name


@pytest.mark.parametrize("sign", ["䶮", "𬱖"])
def test_gbk_refuses_a_sign_it_cannot_hold_and_names_the_row(sign: str) -> None:
    with pytest.raises(FileRefused, match=rf"第3行：“王{sign}”中的“{sign}”字.*GB18030") as caught:
        make_file(ORDER, [payment(), payment(f"王{sign}")], encoding=Encoding.GBK)
    assert caught.value.row == 3


@pytest.mark.parametrize("name", ["王|英", "王\n英", "王\x00"])
def test_a_sign_that_would_break_the_frame_is_refused(name: str) -> None:
    with pytest.raises(FileRefused, match="第2行"):
        make_file(ORDER, [payment(name)], encoding=Encoding.UTF8)


def test_a_changed_byte_is_noticed() -> None:
    data = make_file(ORDER, [payment()], encoding=Encoding.UTF8)
    with pytest.raises(FileRefused, match="摘要与内容不符"):
        unframe(data.replace(b"|10000|", b"|90000|"), encoding=Encoding.UTF8)


def test_a_cut_file_is_noticed() -> None:
    data = make_file(ORDER, [payment()], encoding=Encoding.UTF8)
    for cut in (data[:-2], data[:60], b""):
        with pytest.raises(FileRefused, match="没有摘要"):
            unframe(cut, encoding=Encoding.UTF8)


def test_a_file_in_another_encoding_is_refused_by_row() -> None:
    data = frame([["H"], ["D", "䶮"]], encoding=Encoding.UTF8)
    with pytest.raises(FileRefused, match="第2行：文字不是GBK编码"):
        unframe(data, encoding=Encoding.GBK)
