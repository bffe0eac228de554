"""What a log-in needs to know: where a person belongs, what was signed, which sessions stand."""

from datetime import datetime

from yangguang.foundation.accounts.models import Authenticator, OpenSession, Pledge, Post, Staff
from yangguang.foundation.accounts.rules.codes import code_at
from yangguang.foundation.accounts.types import Session
from yangguang.foundation.divisions.models import Area
from yangguang.foundation.walls.sealing import unseal


def area_of(staff_id: int) -> str:
    """Give the area where a person's log-ins are recorded: of the newest post, held or past.

    For somebody without one, and for a name that is nobody's (0), the widest area there is.
    """
    post = Post.objects.filter(staff_id=staff_id).order_by("-id").first()
    if post is not None:
        return post.area_id
    root = Area.objects.order_by("level", "code").values_list("code", flat=True).first()
    return root or ""


def is_demo(staff_id: int) -> bool:
    """Tell whether an account is one of the made city's."""
    return Staff.objects.filter(pk=staff_id, is_demo=True).exists()


def has_signed(staff_id: int, digest: bytes) -> bool:
    """Tell whether a person has signed the pledge with this digest."""
    return Pledge.objects.filter(staff_id=staff_id, digest=digest).exists()


def has_authenticator(staff_id: int) -> bool:
    """Tell whether a person has confirmed a second factor."""
    return Authenticator.objects.filter(staff_id=staff_id, confirmed_at__isnull=False).exists()


def demo_code(staff_id: int, at: datetime) -> str:
    """Give the code that stands for one of the made city's people; "" for anybody else."""
    held = Authenticator.objects.filter(staff_id=staff_id, staff__is_demo=True).first()
    if held is None:
        return ""
    return code_at(
        unseal(bytes(held.secret), place=f"accounts_authenticator.secret.{staff_id}"), at
    )


def sessions_of(staff_id: int) -> list[Session]:
    """List the sessions of a person that stand, the newest first."""
    rows = OpenSession.objects.filter(staff_id=staff_id).order_by("-started_at", "-id")
    return [Session(row.session_key, row.started_at, row.device) for row in rows]
