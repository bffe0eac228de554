"""Sealed fields: identity numbers, cards and phones as ciphertext beside a keyed blind index.

A sealed value is a header (magic, cipher, id of its key), a nonce, and ciphertext with its tag;
header and place are authenticated. What was sealed before there was a keyring has no header.
"""

import hashlib
import hmac
import os
from functools import cache, lru_cache
from typing import Final

from yangguang.foundation.walls.ciphers import ALGORITHMS, NONCE, Aead
from yangguang.foundation.walls.keyring import (
    ORIGINAL,
    DataKey,
    blinding_key,
    read_ring,
    ring_path,
)

# A value without a header begins with a random nonce: that it reads as a header has a chance of
# two in 2^40.
_MAGIC: Final = b"\x00YG1"
HEADER: Final = len(_MAGIC) + 1 + 4


def seal(text: str, *, place: str) -> bytes:
    """Encrypt `text` for `place` ("table.column.key"); elsewhere it does not open."""
    if not text:
        return b""
    header, cipher = _sealer(_stamp())
    nonce = os.urandom(NONCE)
    return header + nonce + cipher.encrypt(nonce, text.encode(), header + place.encode())


def unseal(sealed: bytes, *, place: str) -> str:
    """Decrypt what `seal` made for the same place.

    Raises `InvalidTag` when it was moved or altered, `LostKey` when its key is not in the keyring.
    """
    sealed = bytes(sealed)
    if not sealed:
        return ""
    header = sealed[:HEADER] if sealed.startswith(_MAGIC) else b""
    nonce, text = sealed[len(header) : len(header) + NONCE], sealed[len(header) + NONCE :]
    return _opener(header).decrypt(nonce, text, header + place.encode()).decode()


def blind(text: str) -> bytes:
    """Give the keyed digest by which equal numbers are found without being readable."""
    if not text:
        return b""
    return hmac.digest(_blinding(), text.encode(), hashlib.sha256)[:16]


def header_of(key: DataKey) -> bytes:
    """Give the nine bytes with which every value sealed with a key begins."""
    code = ALGORITHMS[key.algorithm].code
    return _MAGIC + bytes([code]) + bytes.fromhex(key.id)


def key_id_of(header: bytes) -> str:
    """Give the id of the key that made a value, from the value's first nine bytes."""
    return header[-4:].hex() if header.startswith(_MAGIC) else ORIGINAL


def forget_keys() -> None:
    """Read all keys anew when next needed: after they were restored or moved."""
    for kept in (_sealer, _opener, _blinding, _path):
        kept.cache_clear()


@cache
def _path() -> str:
    return str(ring_path())


def _stamp() -> tuple[int, int]:
    """Tell one state of the keyring from another, so that a new key is used by all at once."""
    try:
        found = os.stat(_path())
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=1)
def _sealer(stamp: tuple[int, int]) -> tuple[bytes, Aead]:
    ring = read_ring()
    return header_of(ring.key(ring.current)), _cipher(ring.key(ring.current))


@cache
def _opener(header: bytes) -> Aead:
    return _cipher(read_ring().key(key_id_of(header)))


def _cipher(key: DataKey) -> Aead:
    return ALGORITHMS[key.algorithm].make(key.secret)


@cache
def _blinding() -> bytes:
    return blinding_key()
