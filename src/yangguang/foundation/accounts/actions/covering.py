"""Whether an administrator's scope covers a whole person, not only one of the posts."""

from datetime import datetime

from django.utils import timezone

from yangguang.foundation.accounts.models import Appointment, Post
from yangguang.foundation.accounts.types import AppointmentStatus
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor


class OutsideScope(Refusal):
    """The area, post or person lies outside the scope of who acts, or does not exist."""


def demand_covered(username: str, *, by: Actor, at: datetime) -> None:
    """Raise `OutsideScope` unless all that a log-in name holds or will hold lies in one's scope.

    Posts held or to come count, and proposals that wait. Whoever may add to an account may come
    to act in all its posts. The words tell nothing of somebody elsewhere, not even a name.
    """
    posts = Post.objects.filter(staff__username=username).standing(timezone.localdate(at))
    waiting = Appointment.objects.filter(username=username, status=AppointmentStatus.PROPOSED)
    codes = {*posts.values_list("area_id", flat=True), *waiting.values_list("area_id", flat=True)}
    if not all(by.covers(code) for code in codes):
        raise OutsideScope(
            "这个登录名不能由您办理：它已在使用，且不全在您的辖区内。"
            "新人员请另定一个登录名；在别处任职的，请由管辖双方的上级安全管理员办理。"
        )


def is_known_to(by: Actor, staff_id: int) -> bool:
    """Tell whether somebody's posts, past ones too, all lie in one's scope."""
    codes = Post.objects.filter(staff_id=staff_id).values_list("area_id", flat=True)
    return all(by.covers(code) for code in codes)
