"""A part of a back-up: a stream of any length, sealed in chunks so that nothing can be left out.

Each back-up has its own salt; scrypt makes its master key of passphrase and salt, and each part has
a key of its own of that. A part is chunks of one MiB under AES-256-GCM; the nonce counts them and
marks the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015): a chunk
altered, moved, repeated or cut off does not open.
"""

import hashlib
import hmac
from collections.abc import Iterator
from typing import BinaryIO, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from yangguang.foundation.kernel.refusals import Refusal

CHUNK: Final = 1024 * 1024
SALT: Final = 16
_TAG: Final = 16
# 128 MiB and a third of a second for each passphrase tried.
_SCRYPT_N: Final = 2**17
_SCRYPT_R: Final = 8


class BackupDamaged(Refusal):
    """A back-up is not whole, or not the one that was made."""


class Sink(Protocol):
    """Whatever takes bytes."""

    def write(self, data: bytes, /) -> object: ...


class Source(Protocol):
    """Whatever gives bytes, none at its end."""

    def read(self, size: int, /) -> bytes: ...


def master_key(passphrase: bytes, salt: bytes) -> bytes:
    """Make a back-up's master key, 32 bytes."""
    return hashlib.scrypt(
        passphrase, salt=salt, n=_SCRYPT_N, r=_SCRYPT_R, p=1,
        maxmem=256 * _SCRYPT_N * _SCRYPT_R, dklen=32,
    )  # fmt: skip


def key_for(master: bytes, name: str) -> bytes:
    """Make the key of one part, or of the manifest, 32 bytes."""
    return hmac.digest(master, b"yangguang-backup-1:" + name.encode(), hashlib.sha256)


class PartWriter:
    """Takes bytes in any portions and writes them sealed; `close` seals the last chunk.

    `size` and `digest` are of what was written.
    """

    def __init__(self, out: Sink, key: bytes) -> None:
        """Write to `out` with the part's key."""
        self._out, self._cipher = out, AESGCM(key)
        self._kept, self._count = bytearray(), 0
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def digest(self) -> str:
        """Give the SHA-256 of what was written, in hex."""
        return self._digest.hexdigest()

    def write(self, data: bytes, /) -> int:
        """Take more bytes."""
        self._kept += data
        while len(self._kept) > CHUNK:
            self._seal(self._kept[:CHUNK], last=0)
            del self._kept[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Seal what is left as the last chunk."""
        self._seal(self._kept, last=1)
        self._kept = bytearray()

    def _seal(self, chunk: bytearray, *, last: int) -> None:
        sealed = self._cipher.encrypt(_nonce(self._count, last), bytes(chunk), None)
        self._count += 1
        self.size += len(sealed)
        self._digest.update(sealed)
        self._out.write(sealed)


class PartReader:
    """Reads a sealed part as the bytes that were written into it. Raises `BackupDamaged`."""

    def __init__(self, source: Source, key: bytes, name: str) -> None:
        """Read from `source` with the part's key; `name` is for the refusal."""
        self._chunks, self._kept = _opened(source, key, name), b""

    def read(self, size: int = -1, /) -> bytes:
        """Give so many bytes, fewer only at the end."""
        portions = [self._kept]
        have = len(self._kept)
        while size < 0 or have < size:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            portions.append(chunk)
            have += len(chunk)
        whole = b"".join(portions)
        taken = whole if size < 0 else whole[:size]
        self._kept = whole[len(taken) :]
        return taken

    def __iter__(self) -> Iterator[bytes]:
        """Give chunk by chunk."""
        while chunk := self.read(CHUNK):
            yield chunk


def _opened(source: Source, key: bytes, name: str) -> Iterator[bytes]:
    cipher, count = AESGCM(key), 0
    chunk = source.read(CHUNK + _TAG)
    while True:
        following = source.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(count, 0 if following else 1), chunk, None)
        except InvalidTag as error:
            raise BackupDamaged(
                f"备份的“{name}”部分被改动过或不完整，已停止。请换一份备份。"
            ) from error
        if not following:
            return
        chunk, count = following, count + 1


def _nonce(count: int, last: int) -> bytes:
    # The key is this part's alone, so that a counter never repeats under it.
    return count.to_bytes(11) + bytes([last])


def digest_of(file: BinaryIO) -> tuple[int, str]:
    """Give size and SHA-256 of a file's bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()
