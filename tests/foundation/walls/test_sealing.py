import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yangguang.foundation.walls.ciphers import AES, SM4
from yangguang.foundation.walls.keyring import (
    ORIGINAL,
    KeyringDamaged,
    LostKey,
    UnknownCipher,
    add_key,
    note_rotated,
    read_ring,
)
from yangguang.foundation.walls.sealing import (
    HEADER,
    blind,
    forget_keys,
    header_of,
    key_id_of,
    seal,
    unseal,
)

NUMBER = "370112194801010023"
PLACE = "person.number.1"
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_a_sealed_value_names_its_key_and_cipher(key_folder: Path) -> None:
    sealed = seal(NUMBER, place=PLACE)
    ring = read_ring()
    assert sealed[:HEADER] == header_of(ring.key(ring.current))
    assert key_id_of(sealed[:HEADER]) == ring.current
    assert ring.key(ring.current).algorithm == AES
    assert unseal(sealed, place=PLACE) == NUMBER


def test_a_value_moved_to_another_row_or_column_does_not_open(key_folder: Path) -> None:
    mine, theirs = seal(NUMBER, place="person.number.1"), seal(NUMBER, place="person.number.2")
    assert unseal(theirs, place="person.number.2") == NUMBER
    for sealed, place in (
        (theirs, "person.number.1"),
        (mine, "person.number.2"),
        (mine, "supporter.number.1"),
    ):
        with pytest.raises(InvalidTag):
            unseal(sealed, place=place)


def test_a_header_that_was_altered_does_not_open(key_folder: Path) -> None:
    first = seal(NUMBER, place=PLACE)
    ring = add_key(algorithm=SM4, at=AT)
    with pytest.raises(InvalidTag):
        unseal(header_of(ring.key(ring.current)) + first[HEADER:], place=PLACE)


def test_a_new_key_seals_at_once_and_the_old_one_goes_on_opening(key_folder: Path) -> None:
    first = seal(NUMBER, place=PLACE)
    ring = add_key(algorithm=SM4, at=AT)
    second = seal(NUMBER, place=PLACE)
    assert key_id_of(second[:HEADER]) == ring.current != key_id_of(first[:HEADER])
    assert ring.key(ring.current).made_at == AT
    assert unseal(first, place=PLACE) == unseal(second, place=PLACE) == NUMBER
    forget_keys()
    assert unseal(first, place=PLACE) == unseal(second, place=PLACE) == NUMBER


def test_what_was_sealed_before_there_was_a_keyring_still_opens(key_folder: Path) -> None:
    key_folder.mkdir()
    key, nonce = os.urandom(32), os.urandom(12)
    (key_folder / "sealing.key").write_bytes(key)
    old = nonce + AESGCM(key).encrypt(nonce, NUMBER.encode(), PLACE.encode())
    assert key_id_of(old[:HEADER]) == ORIGINAL
    assert unseal(old, place=PLACE) == NUMBER
    assert key_id_of(seal(NUMBER, place=PLACE)[:HEADER]) != ORIGINAL
    with pytest.raises(InvalidTag):
        unseal(old, place="person.number.2")


def test_a_lost_keyring_is_named_by_the_key_that_is_missing(key_folder: Path) -> None:
    sealed = seal(NUMBER, place=PLACE)
    lost = read_ring().current
    (key_folder / "keyring.json").unlink()
    forget_keys()
    # The index key tells that there was one: none is made in its stead.
    with pytest.raises(KeyringDamaged, match="不见了"):
        seal(NUMBER, place=PLACE)
    assert not (key_folder / "keyring.json").exists()
    (key_folder / "blinding.key").unlink()
    with pytest.raises(LostKey, match=lost) as refused:
        unseal(sealed, place=PLACE)
    assert refused.value.key_id == lost
    assert NUMBER not in str(refused.value)


def test_a_value_without_a_header_and_no_original_key_names_the_original_key(
    key_folder: Path,
) -> None:
    with pytest.raises(LostKey, match=ORIGINAL):
        unseal(bytes(40), place=PLACE)


def test_another_key_encryption_key_opens_no_data_key(key_folder: Path) -> None:
    seal(NUMBER, place=PLACE)
    current = read_ring().current
    (key_folder / "kek.key").write_bytes(os.urandom(32))
    with pytest.raises(KeyringDamaged, match=current):
        read_ring()
    (key_folder / "kek.key").write_bytes(b"short")
    with pytest.raises(KeyringDamaged, match="32"):
        read_ring()
    (key_folder / "kek.key").unlink()
    with pytest.raises(KeyringDamaged, match="找不到主密钥"):
        read_ring()
    assert not (key_folder / "kek.key").exists()


def test_whoever_comes_first_makes_all_keys_and_only_once(key_folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: (read_ring().current, blind(NUMBER)), range(16)))
    assert len(found) == 1


def test_a_lost_index_key_is_refused_and_not_made_anew(key_folder: Path) -> None:
    assert blind(NUMBER) == blind(NUMBER)
    seal(NUMBER, place=PLACE)
    (key_folder / "blinding.key").unlink()
    forget_keys()
    with pytest.raises(KeyringDamaged, match="索引密钥"):
        blind(NUMBER)
    assert not (key_folder / "blinding.key").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 2, "keys": []}'])
def test_a_keyring_that_is_none_is_refused(key_folder: Path, text: str) -> None:
    read_ring()
    (key_folder / "keyring.json").write_text(text)
    with pytest.raises(KeyringDamaged):
        read_ring()


def test_the_keyring_holds_no_key_in_the_clear_and_is_its_owners_alone(key_folder: Path) -> None:
    seal(NUMBER, place=PLACE)
    blind(NUMBER)
    written = (key_folder / "keyring.json").read_bytes()
    for key in read_ring().keys.values():
        assert key.secret not in written
        assert key.secret.hex().encode() not in written
    kept = {"keyring.json", "kek.key", "blinding.key"}
    assert {path.name for path in key_folder.iterdir()} == kept | {"keyring.lock"}
    for name in kept:
        assert stat.S_IMODE((key_folder / name).stat().st_mode) == 0o600


def test_the_key_encryption_key_may_lie_elsewhere(
    key_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "apart").write_bytes(os.urandom(32))
    monkeypatch.setenv("YANGGUANG_KEK", str(tmp_path / "apart"))
    sealed = seal(NUMBER, place=PLACE)
    assert not (key_folder / "kek.key").exists()
    forget_keys()
    assert unseal(sealed, place=PLACE) == NUMBER


def test_the_first_cipher_is_a_setting_and_an_unknown_one_is_refused(
    key_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YANGGUANG_CIPHER", SM4)
    sealed = seal(NUMBER, place=PLACE)
    ring = read_ring()
    assert ring.key(ring.current).algorithm == SM4
    assert unseal(sealed, place=PLACE) == NUMBER
    with pytest.raises(UnknownCipher, match="des"):
        add_key(algorithm="des", at=AT)
    assert read_ring() == ring


def test_a_rotation_is_noted_as_done_only_for_the_key_that_is_current(key_folder: Path) -> None:
    before = read_ring().current
    ring = add_key(algorithm=AES, at=AT)
    assert note_rotated(before).is_rotating
    assert not note_rotated(ring.current).is_rotating
    told = json.loads((key_folder / "keyring.json").read_text())
    assert [one["made_at"] for one in told["keys"]] == [None, AT.isoformat()]
