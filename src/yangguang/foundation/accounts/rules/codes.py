"""Six-digit codes of a phone (RFC 6238), and one-time secrets that are read out and typed."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP = 30
"""Seconds that a code stands; the one before and the one after are taken too."""
ISSUER = "阳光救助"


def new_secret() -> str:
    """Make a secret of 160 bits in base32, as authenticator apps read it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def _generator(secret: str) -> TOTP:
    # SHA-1 is what every app does; HMAC does not rest on collisions.
    return TOTP(base64.b32decode(secret), 6, SHA1(), STEP)


def code_at(secret: str, at: datetime) -> str:
    """Give the code that stands at a moment."""
    return _generator(secret).generate(int(at.timestamp())).decode()


def matching_step(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """Give the time step whose code was typed, or None; steps up to `after` have been used."""
    now = int(at.timestamp()) // STEP
    typed = "".join(code.split()).encode()
    for step in (now, now - 1, now + 1):
        right = _generator(secret).generate(step * STEP)
        if hmac.compare_digest(right, typed) and step > after:
            return step
    return None


def address_for_apps(secret: str, username: str) -> str:
    """Give the otpauth address that an authenticator app reads from a picture."""
    return _generator(secret).get_provisioning_uri(username, ISSUER)


def new_one_time_secret() -> str:
    """Make a secret of 100 bits as five groups of four letters and digits."""
    text = base64.b32encode(secrets.token_bytes(13)).decode()[:20]
    return "-".join(text[start : start + 4] for start in range(0, 20, 4))


def one_time_digest(secret: str) -> bytes:
    """Give the SHA-256 of a one-time secret, however it was typed."""
    kept = "".join(sign for sign in secret.upper() if sign.isalnum())
    return hashlib.sha256(kept.encode()).digest()
