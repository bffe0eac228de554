"""The two ciphers that seal a field: AES-256-GCM and, where 国密 is asked for, SM4-GCM."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

AES: Final = "aes-256-gcm"
SM4: Final = "sm4-gcm"
NONCE: Final = 12
_TAG: Final = 16


class Aead(Protocol):
    """Encrypts so that whatever was altered, or is given with other `aad`, does not open."""

    def encrypt(self, nonce: bytes, data: bytes, aad: bytes) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, aad: bytes) -> bytes: ...


class Sm4Gcm:
    """SM4 in Galois counter mode with a tag of 16 bytes at the end (RFC 8998)."""

    def __init__(self, key: bytes) -> None:
        """Take a key of 16 bytes."""
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, aad: bytes) -> bytes:
        """Give ciphertext and tag."""
        cipher = Cipher(self._key, modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(aad)
        return cipher.update(data) + cipher.finalize() + cipher.tag

    def decrypt(self, nonce: bytes, data: bytes, aad: bytes) -> bytes:
        """Give the text back. Raises `InvalidTag`."""
        cipher = Cipher(self._key, modes.GCM(nonce, data[-_TAG:])).decryptor()
        cipher.authenticate_additional_data(aad)
        return cipher.update(data[:-_TAG]) + cipher.finalize()


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A cipher by name: the byte that stands for it in a sealed value, and its key's length."""

    code: int
    key_bytes: int
    make: Callable[[bytes], Aead]


ALGORITHMS: Final[Mapping[str, Algorithm]] = MappingProxyType(
    {AES: Algorithm(1, 32, AESGCM), SM4: Algorithm(2, 16, Sm4Gcm)}
)
