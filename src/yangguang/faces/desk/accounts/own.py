"""One's own account: sessions that stand, the post one acts in, and a fresh second factor."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from yangguang.faces.desk.accounts.forms import ChangePasswordForm, safe_next
from yangguang.faces.desk.factor import brought, factor_page, factor_wanted
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.desk.sessions import POST, has_fresh_factor, keep_session
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.actions import change_password, end_sessions
from yangguang.foundation.accounts.backend import PostBackend
from yangguang.foundation.accounts.queries import area_of, own_posts, sessions_of
from yangguang.foundation.accounts.rules.roles import Permission


@demands(Permission.OWN_ACCOUNT)
def account(request: DeskRequest) -> HttpResponse:
    """Show one's posts and one's sessions."""
    context = {
        "section": "",
        "posts": own_posts(request.by.id, request.on),
        "sessions": sessions_of(request.by.id),
        "here": request.session.session_key,
    }
    return render(request, "desk/accounts/account.html.jinja", context)


@demands(Permission.OWN_ACCOUNT)
def end_own_sessions(request: DeskRequest) -> HttpResponse:
    """End all of one's sessions, this one too, by one click."""
    end_sessions(request.by.id, area_code=area_of(request.by.id), by=request.by, at=request.at)
    request.session.flush()
    return redirect("desk:login")


@demands(Permission.OWN_ACCOUNT)
@sensitive_post_parameters()
def password(request: DeskRequest) -> HttpResponse:
    """Ask for another password, after a fresh code; this session alone goes on."""
    wanted = None if request.method == "POST" else factor_wanted(request)
    if wanted is not None or not has_fresh_factor(request):
        return wanted or redirect("desk:own_password")
    staff = PostBackend().get_user(request.by.id)
    name = staff.username if staff else ""
    form = ChangePasswordForm(request.POST or None, username=name)
    if form.is_bound and form.is_valid():
        key = request.session.session_key or ""
        chosen = form.cleaned_data["password"]
        change_password(chosen, here=key, by=request.by, at=request.at)
        keep_session(request)
        messages.success(request, _("口令已更换，其他地方的登录已结束。"))
        return redirect("desk:account")
    status = 422 if form.is_bound else 200
    context = {"section": "", "form": form}
    return render(request, "desk/accounts/own_password.html.jinja", context, status=status)


@demands(Permission.OWN_ACCOUNT)
def choose_post(request: DeskRequest, pk: int) -> HttpResponse:
    """Act in another of one's posts from now on."""
    chosen = next((post for post in own_posts(request.by.id, request.on) if post.id == pk), None)
    if chosen is None:
        raise Http404
    request.session[POST] = pk
    messages.success(request, _("现在以“%(post)s”的身份办理。") % {"post": _(chosen.role_label)})
    return redirect("desk:home")


@demands(Permission.OWN_ACCOUNT)
def confirm(request: DeskRequest) -> HttpResponse:
    """Ask for a code, and lead back once it was right."""
    back = safe_next(request.POST.get("next") or request.GET.get("next", "/"))
    if brought(request):
        return HttpResponseRedirect(back)
    return factor_page(request, action=request.path, fields=[("next", back)])
