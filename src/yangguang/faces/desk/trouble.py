"""Answers to what cannot be done: refusals, missing pages, defects."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.rules.roles import NotPermitted
from yangguang.foundation.kernel.refusals import Refusal

TEMPLATE = "desk/trouble.html.jinja"


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal in its own words: 403 where a right is lacking, else 409."""
    status = 403 if isinstance(refusal, NotPermitted) else 409
    title = _("没有权限") if status == 403 else _("没有办成")
    return render(request, TEMPLATE, {"title": title, "text": str(refusal)}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what does not exist, or lies outside the reader's scope: the two look the same."""
    text = _("没有找到这个页面或这户家庭。它可能已被移动，或不在您的辖区内。请返回列表重新查找。")
    return render(request, TEMPLATE, {"title": _("没有找到"), "text": text}, status=404)


def unreadable(request: HttpRequest) -> HttpResponse:
    """Answer an address or a form with a sign that no text may hold."""
    text = _("提交的内容里有不能使用的字符（空字符），没有保存。请删去后重新填写。")
    return render(request, TEMPLATE, {"title": _("内容无法识别"), "text": text}, status=400)


def forbidden(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or stale."""
    text = _("页面已过期，刚才的提交没有保存。请返回上一页刷新后再试。")
    return render(request, TEMPLATE, {"title": _("页面已过期"), "text": text}, status=403)


def oversized(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    """Answer what is not taken in for its size."""
    response = render(request, TEMPLATE, {"title": _("没有接收"), "text": text}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Answer a defect without showing it."""
    text = _("系统出错，刚才的操作没有完成，也没有留下半截数据。请稍后再试；仍不行请联系管理员。")
    return render(request, TEMPLATE, {"title": _("系统出错"), "text": text}, status=500)
