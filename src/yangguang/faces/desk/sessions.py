"""A session's marks: when it began, was last used, had its second factor; and where it is from."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, login, logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yangguang.foundation.accounts import actions
from yangguang.foundation.accounts.backend import PostBackend
from yangguang.foundation.accounts.queries import actor_of, has_signed, is_demo
from yangguang.foundation.accounts.rules import pledge
from yangguang.foundation.accounts.rules.sessions import IDLE, is_fresh, is_over
from yangguang.foundation.accounts.types import Origin
from yangguang.foundation.walls.context import Actor

if TYPE_CHECKING:
    from yangguang.faces.desk.middleware import DeskRequest

BACKEND: Final = "yangguang.foundation.accounts.backend.PostBackend"
STARTED, SEEN, FACTOR, PLEDGE, POST = "started", "seen", "factor", "pledge", "post"
DEVICE_COOKIE = "yg_device"
_NOTED = timedelta(minutes=1)
"""How often the last use is written down."""
_YEAR = 365 * 24 * 3600
_BROWSERS = ("Edg", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Windows", "Android", "iPhone", "Mac OS", "Linux")


def _moment(request: HttpRequest, mark: str) -> datetime:
    """Give a mark of the session; one without it is long over."""
    return datetime.fromtimestamp(request.session.get(mark, 0), UTC)


def current_actor(request: "DeskRequest") -> Actor | None:
    """Tell who acts in a session that stands, and end one that is over."""
    if not request.user.is_authenticated:
        return None
    started, seen = _moment(request, STARTED), _moment(request, SEEN)
    if is_over(started, seen, request.at):
        actions.expire_session(request.session.session_key or "", at=request.at)
        logout(request)
        if request.at - seen >= IDLE:
            messages.warning(request, _("已超过15分钟没有操作，请重新登录。"))
        return None
    if request.at - seen >= _NOTED:
        request.session[SEEN] = request.at.timestamp()
    return actor_of(request.user.pk, request.on, post_id=request.session.get(POST, 0))


def begin(request: "DeskRequest", staff_id: int) -> None:
    """Log a person in, whose first and second factor were right, with a fresh session."""
    staff = PostBackend().get_user(staff_id)
    before = request.session.session_key or ""
    request.session.flush()
    login(request, staff, backend=BACKEND)
    mark(request, staff_id)
    actions.open_session(
        staff_id,
        key=request.session.session_key or "",
        replaces=before,
        device=_words(request),
        at=request.at,
    )


def mark(request: "DeskRequest", staff_id: int) -> None:
    """Write the marks of a session that begins now."""
    for name in (STARTED, SEEN, FACTOR):
        request.session[name] = request.at.timestamp()
    # The made city's people are nobody who could keep a secret.
    if is_demo(staff_id) or has_signed(staff_id, pledge.digest()):
        request.session[PLEDGE] = pledge.digest().hex()


def has_pledged(request: HttpRequest) -> bool:
    """Tell whether the pledge as it is worded now was signed by whose session this is."""
    return bool(request.session.get(PLEDGE) == pledge.digest().hex())


def has_fresh_factor(request: "DeskRequest") -> bool:
    """Tell whether the second factor was given in the last ten minutes."""
    return is_fresh(_moment(request, FACTOR), request.at)


def keep_session(request: "DeskRequest") -> None:
    """Let this session go on after its person's password changed, which ends all others."""
    staff = PostBackend().get_user(request.user.pk or 0)
    if staff is not None:
        request.session[HASH_SESSION_KEY] = staff.get_session_auth_hash()


def note_factor(request: "DeskRequest") -> None:
    """Write down that the second factor was given now."""
    request.session[FACTOR] = request.at.timestamp()


def origin_of(request: HttpRequest) -> Origin:
    """Tell where a try comes from; a browser that has no cookie yet is an unknown device."""
    return Origin(
        address=_address(request),
        device=request.COOKIES.get(DEVICE_COOKIE, ""),
        words=_words(request),
    )


def _address(request: HttpRequest) -> str:
    """Give the reader's address: what the outermost of our own proxies saw, else the peer's."""
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies = settings.PROXIES
    if proxies and len(told) >= proxies:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def new_device() -> str:
    """Make what a browser will be known by."""
    return secrets.token_urlsafe(24)


def keep_device(response: HttpResponse, device: str) -> None:
    """Let a browser from which somebody has logged in be known for a year."""
    response.set_cookie(
        DEVICE_COOKIE,
        device,
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _words(request: HttpRequest) -> str:
    """Name browser and system in two words; more of what a browser says is nobody's business."""
    said = request.headers.get("User-Agent", "")
    browser = next((name for name in _BROWSERS if name in said), "")
    system = next((name for name in _SYSTEMS if name in said), "")
    return f"{browser} {system}".strip()
