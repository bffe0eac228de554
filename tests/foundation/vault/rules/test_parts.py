"""A part opens as it was written, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yangguang.foundation.vault.rules.parts import (
    CHUNK,
    BackupDamaged,
    PartReader,
    PartWriter,
    digest_of,
    key_for,
    master_key,
)

KEY = bytes(range(32))


def written(data: bytes, *, portion: int = 100_000, key: bytes = KEY) -> bytes:
    out = io.BytesIO()
    writer = PartWriter(out, key)
    for start in range(0, len(data), portion):
        writer.write(data[start : start + portion])
    writer.close()
    assert (writer.size, writer.digest) == digest_of(io.BytesIO(out.getvalue()))
    return out.getvalue()


def read(sealed: bytes, key: bytes = KEY) -> bytes:
    return PartReader(io.BytesIO(sealed), key, "database").read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_was_written_is_read_at_every_edge_of_a_chunk(size: int) -> None:
    data = bytes(i % 251 for i in range(size))
    sealed = written(data)
    assert read(sealed) == data
    assert b"".join(PartReader(io.BytesIO(sealed), KEY, "x")) == data


@given(data=st.binary(max_size=2000), portion=st.integers(1, 300), size=st.integers(1, 300))
def test_portions_written_and_read_do_not_matter_law(data: bytes, portion: int, size: int) -> None:
    reader = PartReader(io.BytesIO(written(data, portion=portion)), KEY, "x")
    found = b""
    while taken := reader.read(size):
        assert len(taken) == min(size, len(data) - len(found))
        found += taken
    assert found == data


@given(data=st.binary(min_size=1, max_size=200), place=st.integers(min_value=0))
def test_one_flipped_bit_is_found_law(data: bytes, place: int) -> None:
    sealed = bytearray(written(data))
    sealed[place % len(sealed)] ^= 1 << place % 8
    with pytest.raises(BackupDamaged, match="database"):
        read(bytes(sealed))


def test_a_chunk_cut_off_added_exchanged_or_repeated_is_found() -> None:
    sealed = written(bytes(3 * CHUNK + 5))
    width = CHUNK + 16
    chunks = [sealed[start : start + width] for start in range(0, len(sealed), width)]
    assert len(chunks) == 4
    for wrong in (
        chunks[:3],
        chunks[:1],
        [],
        chunks[1:],
        [chunks[1], chunks[0], *chunks[2:]],
        [chunks[0], *chunks],
        [*chunks[:3], chunks[2], chunks[3]],
        [*chunks, chunks[3]],
    ):
        with pytest.raises(BackupDamaged):
            read(b"".join(wrong))


def test_each_part_and_each_back_up_has_a_key_of_its_own() -> None:
    sealed = written(b"names", key=key_for(KEY, "files"))
    with pytest.raises(BackupDamaged):
        read(sealed, key_for(KEY, "database"))
    keys = {master_key(b"one long phrase", bytes([salt]) * 16) for salt in (1, 2)}
    keys |= {master_key(b"another phrase", bytes([1]) * 16)}
    assert len(keys) == 3
