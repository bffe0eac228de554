"""Sealed fields: identity numbers, cards and phones as ciphertext beside a keyed blind index."""

import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yangguang.foundation.walls.keeping import kept_key

_NONCE = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys of an installation: one seals, one makes the blind index."""

    sealing: bytes
    blinding: bytes


@cache
def keys() -> Keys:
    """Give the installation's keys, made on first use in the state folder, readable by it alone."""
    return Keys(kept_key("sealing.key"), kept_key("blinding.key"))


@cache
def _cipher() -> AESGCM:
    return AESGCM(keys().sealing)


def seal(text: str, *, place: str) -> bytes:
    """Encrypt `text` for `place` ("table.column.key"); elsewhere it does not open."""
    if not text:
        return b""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, text.encode(), place.encode())


def unseal(sealed: bytes, *, place: str) -> str:
    """Decrypt what `seal` made for the same place; raises `InvalidTag` when moved or altered."""
    sealed = bytes(sealed)
    if not sealed:
        return ""
    return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode()).decode()


def blind(text: str) -> bytes:
    """Give the keyed digest by which equal numbers are found without being readable."""
    if not text:
        return b""
    return hmac.digest(keys().blinding, text.encode(), hashlib.sha256)[:16]
