"""The keyring: the data keys of an installation, each wrapped by a key that lies apart.

`keyring.json` in the key folder holds every data key under its id, wrapped with AES-256-GCM by
the key-encryption key: 32 bytes in the file that `YANGGUANG_KEK` names, else in `kek.key` beside
it. New values are sealed with the current key; the others open what they sealed.
"""

import base64
import binascii
import fcntl
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.kernel.state import key_folder
from yangguang.foundation.walls.ciphers import AES, ALGORITHMS, NONCE
from yangguang.foundation.walls.keeping import kept_key, place_new, place_over

# The key of values sealed before there was a keyring; they carry no header.
ORIGINAL: Final = "00000000"
BLINDING: Final = "blinding.key"
_FORMAT: Final = 1
_ID_BYTES: Final = 4
_KEK_BYTES: Final = 32


class LostKey(Refusal):
    """A value is sealed with a key that the keyring does not hold."""

    def __init__(self, key_id: str) -> None:
        """Name the key."""
        super().__init__(
            f"密钥 {key_id} 不在密钥环里，用它加密的内容打不开。"
            "请从另处保存的密钥备份取回密钥环；在此之前不要新建或轮换密钥。"
        )
        self.key_id = key_id


class KeyringDamaged(Refusal):
    """The keyring cannot be read, or its key-encryption key is another's."""


class UnknownCipher(Refusal):
    """A cipher that this system does not know was asked for."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key that seals fields; `made_at` is None for those made with the installation."""

    id: str
    algorithm: str
    secret: bytes
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Keyring:
    """All data keys by id, the one that seals now, and whether older values await resealing."""

    keys: Mapping[str, DataKey]
    current: str
    is_rotating: bool = False

    def key(self, key_id: str) -> DataKey:
        """Give a key. Raises `LostKey`."""
        try:
            return self.keys[key_id]
        except KeyError as error:
            raise LostKey(key_id) from error


def ring_path() -> Path:
    """Give where the keyring lies."""
    return key_folder() / "keyring.json"


def kek_path() -> Path:
    """Give where the key-encryption key lies: `YANGGUANG_KEK`, else beside the keyring."""
    given = os.environ.get("YANGGUANG_KEK")
    return Path(given) if given else key_folder() / "kek.key"


def read_ring() -> Keyring:
    """Give the keyring, made with a first key where none is. Raises `KeyringDamaged`."""
    path = ring_path()
    if not path.exists():
        _make()
    try:
        return _read(json.loads(path.read_bytes()), _kek())
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        raise KeyringDamaged(
            f"密钥环 {path} 读不出来，内容可能已损坏。请从另处保存的密钥备份取回。"
        ) from error


def blinding_key() -> bytes:
    """Give the key of the blind index, made with the keyring. Raises `KeyringDamaged`."""
    if not ring_path().exists():
        _make()
    if not (key_folder() / BLINDING).exists():
        raise KeyringDamaged(
            f"找不到索引密钥 {key_folder() / BLINDING}，按证件号、卡号查不到已有的人。"
            "请从另处保存的密钥备份取回；不要新建。"
        )
    return kept_key(BLINDING)


def add_key(*, algorithm: str, at: datetime) -> Keyring:
    """Make a data key that seals from now on; the older ones go on opening.

    Raises `UnknownCipher`.
    """
    with _changing() as ring:
        key = _new_key(algorithm, at)
        return _keep(Keyring({**ring.keys, key.id: key}, key.id, is_rotating=True))


def note_rotated(key_id: str) -> Keyring:
    """Note that all stands under a key, unless another has become the current one since."""
    with _changing() as ring:
        return _keep(replace(ring, is_rotating=False)) if ring.current == key_id else ring


def _make() -> None:
    """Make keyring and index key where neither is. Raises `KeyringDamaged` where one is lost."""
    folder = key_folder()
    with _locked():
        if ring_path().exists():
            return
        if (folder / BLINDING).exists() and not (folder / "sealing.key").exists():
            raise KeyringDamaged(
                f"索引密钥还在，密钥环 {ring_path()} 却不见了，没有新建。"
                f"请从另处保存的密钥备份取回；若这里从未录入过数据，可删去 {folder} 重新开始。"
            )
        kept_key(BLINDING)
        place_new(ring_path(), _written(_first(), _kek_for_new()))


def _first() -> Keyring:
    keys = [_new_key(os.environ.get("YANGGUANG_CIPHER", AES), None)]
    original = key_folder() / "sealing.key"
    if original.exists():
        keys.append(DataKey(ORIGINAL, AES, original.read_bytes()))
    return Keyring({key.id: key for key in keys}, keys[0].id)


def _new_key(algorithm: str, at: datetime | None) -> DataKey:
    if algorithm not in ALGORITHMS:
        raise UnknownCipher(f"没有“{algorithm}”这种加密算法。可用的是：{'、'.join(ALGORITHMS)}。")
    secret = secrets.token_bytes(ALGORITHMS[algorithm].key_bytes)
    # By chance, so that a keyring made anew never claims the values of one that was lost.
    return DataKey(secrets.token_hex(_ID_BYTES), algorithm, secret, at)


def _kek_for_new() -> bytes:
    return _kek() if os.environ.get("YANGGUANG_KEK") else kept_key("kek.key")


def _kek() -> bytes:
    path = kek_path()
    if not path.exists():
        raise KeyringDamaged(f"找不到主密钥 {path}，密钥环打不开。请放回主密钥后再试。")
    kek = path.read_bytes()
    if len(kek) != _KEK_BYTES:
        raise KeyringDamaged(f"主密钥 {path} 应为 {_KEK_BYTES} 字节，实为 {len(kek)} 字节。")
    return kek


@contextmanager
def _changing() -> Iterator[Keyring]:
    read_ring()
    with _locked():
        yield read_ring()


@contextmanager
def _locked() -> Iterator[None]:
    with (key_folder() / "keyring.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(ring: Keyring) -> Keyring:
    place_over(ring_path(), _written(ring, _kek()))
    return ring


def _written(ring: Keyring, kek: bytes) -> bytes:
    told = {
        "format": _FORMAT,
        "current": ring.current,
        "rotating": ring.is_rotating,
        "keys": [_wrapped(key, kek) for key in ring.keys.values()],
    }
    return json.dumps(told, indent=1).encode()


def _wrapped(key: DataKey, kek: bytes) -> dict[str, object]:
    nonce = os.urandom(NONCE)
    wrapped = nonce + AESGCM(kek).encrypt(nonce, key.secret, _aad(key.id, key.algorithm))
    return {
        "id": key.id,
        "algorithm": key.algorithm,
        "made_at": key.made_at.isoformat() if key.made_at else None,
        "wrapped": base64.b64encode(wrapped).decode(),
    }


def _read(told: Any, kek: bytes) -> Keyring:
    keys = [_unwrapped(one, kek) for one in told["keys"]]
    ring = Keyring({key.id: key for key in keys}, told["current"], told["rotating"])
    if told["format"] != _FORMAT or ring.current not in ring.keys:
        raise ValueError("not a keyring of this format")
    return ring


def _unwrapped(told: Any, kek: bytes) -> DataKey:
    wrapped = base64.b64decode(told["wrapped"], validate=True)
    aad = _aad(told["id"], told["algorithm"])
    try:
        secret = AESGCM(kek).decrypt(wrapped[:NONCE], wrapped[NONCE:], aad)
    except InvalidTag as error:
        raise KeyringDamaged(
            f"密钥 {told['id']} 用现在的主密钥打不开：主密钥不是原来的那一个，或密钥环被改动过。"
            "请核对主密钥，或从另处保存的密钥备份取回。"
        ) from error
    made_at = datetime.fromisoformat(told["made_at"]) if told["made_at"] else None
    return DataKey(told["id"], told["algorithm"], secret, made_at)


def _aad(key_id: str, algorithm: str) -> bytes:
    return f"yangguang-key.{key_id}.{algorithm}".encode()
