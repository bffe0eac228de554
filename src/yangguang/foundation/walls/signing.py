"""Signatures of an installation: Ed25519 here, SM2 or a key device behind the same interface."""

from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yangguang.foundation.walls.keeping import kept_key

ED25519: Final = "ed25519"


class Signer(Protocol):
    """Whatever signs: `algorithm` names how, `key` is the public key that outsiders hold."""

    @property
    def algorithm(self) -> str: ...
    @property
    def key(self) -> bytes: ...
    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """Signs by RFC 8032 with a private key of 32 bytes."""

    private: bytes
    algorithm: str = ED25519

    @property
    def key(self) -> bytes:
        """Give the public key, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Give the signature, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(self.private).sign(message)


@cache
def signer() -> Signer:
    """Give the installation's signer; its key is made on first use in the state folder."""
    return Ed25519Signer(kept_key("head.key"))


def is_signed(message: bytes, signature: bytes, *, algorithm: str, key: bytes) -> bool:
    """Tell whether `signature` of `message` is by the owner of the public `key`.

    An algorithm that is not known here proves nothing.
    """
    if algorithm != ED25519:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
