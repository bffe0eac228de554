"""Sealed fields: identity numbers, cards and phones as ciphertext beside a keyed blind index."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yangguang.foundation.kernel.state import state_folder

_NONCE = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """The two keys of an installation: one seals, one makes the blind index."""

    sealing: bytes
    blinding: bytes


def _read_or_make(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    key = secrets.token_bytes(32)
    with os.fdopen(handle, "wb") as file:
        file.write(key)
    return key


@cache
def keys() -> Keys:
    """Give the installation's keys, made on first use in the state folder, readable by it alone."""
    folder = state_folder() / "keys"
    return Keys(_read_or_make(folder / "sealing.key"), _read_or_make(folder / "blinding.key"))


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
