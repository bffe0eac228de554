"""Finding, reading, registering and correcting households."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from yangguang.aid.index.actions import catch_up
from yangguang.faces.desk.households.changes import CHANGES, carry_out, index_of, moved
from yangguang.faces.desk.households.efile import EFile
from yangguang.faces.desk.households.forms.base import ChangeForm
from yangguang.faces.desk.households.forms.registering import Registration
from yangguang.faces.desk.households.looking import LooksPage
from yangguang.faces.desk.households.past import past_year_of
from yangguang.faces.desk.households.presenters import (
    ChangePage,
    HouseholdsPage,
    RegisterPage,
    SearchPage,
)
from yangguang.faces.desk.households.revealing import RevealForm, RevealPage
from yangguang.faces.desk.households.supposing import Supposed, SupposeForm
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render, wants_fragment
from yangguang.families.registry.actions import revealing
from yangguang.families.registry.actions.looking import note_look
from yangguang.families.registry.actions.register import register_household
from yangguang.families.registry.queries.page import household_page
from yangguang.families.registry.queries.photos import photo_bytes
from yangguang.families.registry.queries.views import HouseholdPage, MemberView
from yangguang.families.registry.rules.refusals import ChangedMeanwhile, NotFound
from yangguang.families.registry.rules.revealing import demand_reveal
from yangguang.foundation.accounts.rules.roles import Permission
from yangguang.foundation.files.rules.pictures import Size
from yangguang.foundation.kernel.refusals import Refusal


@demands(Permission.SEE_HOUSEHOLDS)
def households(request: DeskRequest) -> HttpResponse:
    """Show the register of the actor's area: how many, of which category, who or where."""
    given = request.GET
    page = HouseholdsPage.of(
        request.by, on=request.on, after=given.get("after", ""), before=given.get("before", "")
    )
    context = {"page": page, "section": "households"}
    return render(request, "desk/households/households.html.jinja", context)


@demands(Permission.SEE_HOUSEHOLDS)
@sensitive_post_parameters()
def find(request: DeskRequest) -> HttpResponse:
    """Find by name, pinyin, identity number or household number; a number leads straight there.

    What is sought is posted: an identity number must not stand in an address or a log.
    """
    page = SearchPage.of(request.POST.get("q", ""), by=request.by)
    if page.only is not None:
        return HttpResponseRedirect(reverse("desk:household", args=[page.only]))
    context = {"page": page, "section": "households"}
    return render(request, "desk/households/search.html.jinja", context)


def seen(request: DeskRequest, household_id: int) -> HouseholdPage:
    """Read a household of the scope, and note that it was looked at. Raises Http404."""
    try:
        file = household_page(household_id, request.on)
    except NotFound as missing:
        raise Http404("no such household within the scope") from missing
    note_look(file.id, area_code=file.area_code, by=request.by, at=request.at)
    return file


@demands(Permission.SEE_HOUSEHOLDS)
def household(request: DeskRequest, household_id: int) -> HttpResponse:
    """Show a household's e-file."""
    page = EFile.of(seen(request, household_id), by=request.by, on=request.on)
    context = {"page": page, "form": SupposeForm(), "supposed": None, "section": "households"}
    return render(request, "desk/households/household.html.jinja", context)


@demands(Permission.SEE_HOUSEHOLDS)
def looks(request: DeskRequest, household_id: int) -> HttpResponse:
    """Show who has opened the file, and who saw which masked value and why."""
    context = {"page": LooksPage.of(seen(request, household_id)), "section": "households"}
    return render(request, "desk/households/looks.html.jinja", context)


@demands(Permission.SEE_HOUSEHOLDS)
def past_year(request: DeskRequest, household_id: int) -> HttpResponse:
    """Show how the index stood through the past year beside the aid that came."""
    file = seen(request, household_id)
    context = {
        "file": file,
        "past": past_year_of(household_id, request.on),
        "section": "households",
    }
    template = "desk/households/past_year.html.jinja"
    return render(request, template, context, fragment="past_year")


@demands(Permission.SEE_HOUSEHOLDS)
def what_if(request: DeskRequest, household_id: int) -> HttpResponse:
    """Show what a change of facts would do to the index; nothing is kept."""
    file = seen(request, household_id)
    form = SupposeForm(request.GET or None)
    supposed = Supposed.of(file.id, form, on=request.on) if form.is_valid() else None
    context = {"file": file, "form": form, "supposed": supposed, "section": "households"}
    status = 422 if form.errors else 200
    template = "desk/households/what_if.html.jinja"
    return render(request, template, context, fragment="what_if", status=status)


@demands(Permission.SEE_HOUSEHOLDS)
def photo(request: DeskRequest, photo_id: int, size: str) -> HttpResponse:
    """Give the bytes of a photo within the scope; no copy may be kept on the way."""
    try:
        data = photo_bytes(photo_id, Size(size))
    except (NotFound, ValueError) as missing:
        raise Http404("no such photo within the scope") from missing
    headers = {"Content-Disposition": "inline", "Content-Security-Policy": "default-src 'none'"}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)


@demands(Permission.REVEAL_PHONE)
def reveal(
    request: DeskRequest, household_id: int, secret: str, person_id: int | None = None
) -> HttpResponse:
    """Ask for a reason, and show a masked value whole: once, on this answer alone."""
    file = seen(request, household_id)
    form = RevealForm(request.POST if request.method == "POST" else None)
    member = member_of(file, person_id)
    page = RevealPage.of(file, secret, member=member, form=form)
    demand_reveal(request.by.role, page.secret)
    if form.is_bound and form.is_valid():
        page = revealed(request, page)
    context = {
        "page": page,
        "section": "households",
        "fragment": wants_fragment(request, "reveal"),
    }
    status = 422 if form.errors else 200
    template = "desk/households/reveal.html.jinja"
    return render(request, template, context, fragment="reveal", status=status)


def revealed(request: DeskRequest, page: RevealPage) -> RevealPage:
    """Give the page with the value, or with what the verb refuses."""
    given = page.form.cleaned_data
    try:
        value = revealing.reveal(
            page.file.id,
            secret=page.secret,
            purpose=given["purpose"],
            words=given["words"],
            person_id=page.member.person_id if page.member else None,
            by=request.by,
            at=request.at,
        )
    except Refusal as refusal:
        page.form.add_error(None, str(refusal))
        return page
    return replace(page, value=value)


@demands(Permission.EDIT_HOUSEHOLDS)
@sensitive_post_parameters()
def register(request: DeskRequest) -> HttpResponse:
    """Register a household; members are added and removed by plain buttons."""
    shaping = "add" in request.POST or "remove" in request.POST
    typed = request.POST if request.method == "POST" else None
    form = Registration(typed, scope=request.by.scope, on=request.on, errors=not shaping)
    if typed and not shaping and form.is_valid():
        kept = entered(request, form)
        if kept is not None:
            return HttpResponseRedirect(reverse("desk:household", args=[kept]))
    context = {"page": RegisterPage(form), "section": "households"}
    status = 422 if typed and not shaping else 200
    return render(request, "desk/households/register.html.jinja", context, status=status)


def entered(request: DeskRequest, form: Registration) -> int | None:
    """Enter the household and say its number and index; None when the verb refuses."""
    try:
        made = register_household(form.entry(), by=request.by, at=request.at)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    catch_up(on=request.on, at=request.at)
    said = RegisterPage.said(made.number, moved(None, index_of(made.pk)))
    messages.success(request, said)
    return made.pk


@demands(Permission.EDIT_HOUSEHOLDS)
@sensitive_post_parameters()
def change(
    request: DeskRequest, household_id: int, what: str, person_id: int | None = None
) -> HttpResponse:
    """Show the form of one change, or carry it out and say how the index moved."""
    file = seen(request, household_id)
    form = change_form(request, file, what, person_id)
    status = 200
    if request.method == "POST":
        shown, status = attempted(request, form)
        if shown is not None:
            return HttpResponseRedirect(reverse("desk:household", args=[shown]))
    context = {"page": ChangePage(file, form, status == 409), "section": "households"}
    return render(request, "desk/households/change.html.jinja", context, status=status)


def change_form(
    request: DeskRequest, file: HouseholdPage, what: str, person_id: int | None
) -> ChangeForm:
    """Give the form of a change. Raises Http404 for an unknown one or somebody else's member."""
    kind = CHANGES.get(what)
    if kind is None or kind.of_person != (person_id is not None) or file.closed is not None:
        raise Http404("no such change")
    sent = request.method == "POST"
    return kind(
        file,
        on=request.on,
        by=request.by,
        data=request.POST if sent else None,
        files=request.FILES if sent else None,
        member=member_of(file, person_id),
    )


def member_of(file: HouseholdPage, person_id: int | None) -> MemberView | None:
    """Give a current member. Raises Http404 for somebody else."""
    if person_id is None:
        return None
    found = [one for one in file.members if one.person_id == person_id]
    if not found:
        raise Http404("no such member")
    return found[0]


def attempted(request: DeskRequest, form: ChangeForm) -> tuple[int | None, int]:
    """Carry a change out: the household to show, or None and the status of the form again."""
    if not form.is_valid():
        return None, 422
    try:
        shown, words = carry_out(form, by=request.by, on=request.on, at=request.at)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None, 409 if isinstance(refusal, ChangedMeanwhile) else 422
    messages.success(request, words)
    for doubt in form.warnings():
        messages.warning(request, doubt)
    return shown, 302
