from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.audit.rules import merkle

LINES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


def by_the_rfc(lines: list[bytes]) -> bytes:
    """Make the root as RFC 6962 defines it: split at the largest power of two below the size."""
    if not lines:
        return sha256(b"").digest()
    if len(lines) == 1:
        return sha256(b"\x00" + lines[0]).digest()
    half = 1 << (len(lines) - 1).bit_length() - 1
    return sha256(b"\x01" + by_the_rfc(lines[:half]) + by_the_rfc(lines[half:])).digest()


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_law_the_root_is_the_one_of_the_rfc(lines: list[bytes]) -> None:
    assert merkle.root(lines) == by_the_rfc(lines)


def test_the_vectors_of_the_certificate_logs_hold() -> None:
    lines = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243")]
    assert merkle.root([]).hex().startswith("e3b0c44298fc1c14")
    assert merkle.root(lines[:1]).hex() == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert merkle.root(lines[:2]).hex() == (
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    )
    assert merkle.root(lines[:3]).hex() == (
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    )


@given(LINES, st.data())
def test_law_every_line_is_proved_at_its_place_and_no_other_line_is(
    lines: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(lines) - 1))
    top, path = merkle.root(lines), merkle.proof(lines, index)
    assert merkle.holds(lines[index], index, len(lines), path, top)
    assert len(path) <= (len(lines) - 1).bit_length()
    other = data.draw(st.integers(0, len(lines) - 1))
    proved = merkle.holds(lines[index], other, len(lines), path, top)
    assert not proved or lines[other] == lines[index]


@given(LINES, st.data())
def test_law_another_line_a_shorter_path_or_a_turned_bit_proves_nothing(
    lines: list[bytes], data: st.DataObject
) -> None:
    index, size = data.draw(st.integers(0, len(lines) - 1)), len(lines)
    top, path = merkle.root(lines), merkle.proof(lines, index)
    assert not merkle.holds(lines[index] + b"!", index, size, path, top)
    assert not merkle.holds(lines[index], index, size, [*path, top], top)
    if path:
        turned = bytes([path[0][0] ^ 1]) + path[0][1:]
        assert not merkle.holds(lines[index], index, size, path[1:], top)
        assert not merkle.holds(lines[index], index, size, [turned, *path[1:]], top)


@given(LINES, st.binary(max_size=8), st.data())
def test_law_a_root_changes_with_any_line_and_with_their_order(
    lines: list[bytes], line: bytes, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(lines) - 1))
    changed = [*lines[:index], line, *lines[index + 1 :]]
    assert (merkle.root(changed) == merkle.root(lines)) == (changed == lines)
    assert (merkle.root(lines[::-1]) == merkle.root(lines)) == (lines[::-1] == lines)


def test_there_is_no_proof_of_a_line_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        merkle.proof([b"a"], 1)
    assert not merkle.holds(b"a", 1, 1, [], merkle.root([b"a"]))
