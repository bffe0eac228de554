"""One's own account: sessions that stand, the post one acts in, and a fresh second factor."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from yangguang.faces.desk.accounts.forms import safe_next
from yangguang.faces.desk.factor import brought, factor_page
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.desk.sessions import POST
from yangguang.faces.look.pages import render
from yangguang.foundation.accounts.actions import end_sessions
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
