"""The pages of batches."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yangguang.aid.disbursement import actions
from yangguang.aid.disbursement.channels.bankfile.standin import answer
from yangguang.aid.disbursement.queries.pages import BatchRow, batch_list, batch_page, batch_row
from yangguang.aid.disbursement.types import Encoding
from yangguang.aid.plans.queries.pages import plan_row
from yangguang.aid.plans.rules import SecondPersonNeeded
from yangguang.aid.plans.types import ExportKind
from yangguang.faces.desk.attempts import attempt
from yangguang.faces.desk.batches.presenters import TONES, batch_context
from yangguang.faces.desk.middleware import DeskRequest
from yangguang.faces.desk.rights import demands
from yangguang.faces.look.pages import render, workbook
from yangguang.foundation.accounts.rules.roles import Permission

MOST_BYTES = 40 * 1024 * 1024


@demands(Permission.SEE_PLANS)
def batches(request: DeskRequest) -> HttpResponse:
    """List the batches within the scope."""
    context = {"section": "batches", "batches": batch_list(), "tones": TONES}
    return render(request, "desk/batches/list.html.jinja", context)


@demands(Permission.SEE_PLANS)
def batch(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a batch: its sums, its failures, whom it could not pay, the next act."""
    return _page(request, pk)


def _page(request: DeskRequest, pk: int) -> HttpResponse:
    page = batch_page(pk)
    if page is None:
        raise Http404
    context = batch_context(page, request.by, is_trial=settings.DEMO)
    return render(request, "desk/batches/batch.html.jinja", context)


def _seen(pk: int) -> BatchRow:
    found = batch_row(pk)
    if found is None:
        raise Http404
    return found


@demands(Permission.DRAW_PLAN)
def prepare(request: DeskRequest, plan: int) -> HttpResponse:
    """Prepare the batch of an approved plan."""
    if plan_row(plan) is None:
        raise Http404
    made = actions.prepare_batch(plan, by=request.by, at=request.at)
    return redirect("desk:batch", made.pk)


def _encoding(request: DeskRequest, kept: str = "") -> Encoding:
    """Give the encoding that the batch was sent in, else the one that is asked for."""
    given = kept or request.POST.get("encoding", Encoding.GB18030)
    return Encoding(given) if given in Encoding.codes() else Encoding.GB18030


@demands(Permission.SEND_BATCH)
def send(request: DeskRequest, pk: int) -> HttpResponse:
    """Send the batch to the bank."""
    encoding, by, at = _encoding(request), request.by, request.at
    return _attempted(
        request,
        pk,
        lambda: actions.send_batch(pk, encoding=encoding, by=by, at=at),
        said=_("已送出。可下载银行文件，收到回单后登记。"),
    )


@demands(Permission.SEE_PLANS)
def void(request: DeskRequest, pk: int) -> HttpResponse:
    """Take back a batch that never went to the bank, with a reason."""
    by, at, reason = request.by, request.at, request.POST.get("reason", "")
    return _attempted(
        request,
        pk,
        lambda: actions.void_batch(pk, reason=reason, by=by, at=at),
        said=_("已撤销。更正后可从方案再制作一批。"),
    )


def _attempted(
    request: DeskRequest, pk: int, verb: Callable[[], object], *, said: str
) -> HttpResponse:
    _seen(pk)
    return attempt(
        request,
        verb,
        said=said,
        to=reverse("desk:batch", args=[pk]),
        page=lambda: _page(request, pk),
    )


@demands(Permission.SEND_BATCH)
def bank_file(request: DeskRequest, pk: int) -> HttpResponse:
    """Give out the bank file; each time it is recorded."""
    found = _seen(pk)
    encoding = _encoding(request, found.encoding)
    data = actions.bank_file(pk, encoding=encoding, by=request.by, at=request.at)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.number}.txt"'
    return response


@demands(Permission.SEND_BATCH)
def results(request: DeskRequest, pk: int) -> HttpResponse:
    """Take the bank's answer, whole or not at all; in a trial the stand-in bank answers."""
    found = _seen(pk)
    upload = request.FILES.get("results")
    if upload is not None:
        data = upload.read(MOST_BYTES)
    elif settings.DEMO:
        data = _stand_in(request, pk, _encoding(request, found.encoding))
    else:
        raise Http404
    by, at = request.by, request.at
    return _attempted(
        request,
        pk,
        lambda: actions.read_results(pk, data=data, by=by, at=at),
        said=_("回单已登记。"),
    )


def _stand_in(request: DeskRequest, pk: int, encoding: Encoding) -> bytes:
    sent = actions.bank_file(pk, encoding=encoding, by=request.by, at=request.at)
    local = timezone.localtime(request.at).replace(tzinfo=None)
    return answer(sent, encoding=encoding, seed=pk, paid_at=local)


@demands(Permission.SEND_BATCH)
def reconcile(request: DeskRequest, pk: int) -> HttpResponse:
    """Hold plan, batch, file and ledger against each other to the fen."""
    by, at = request.by, request.at
    return _attempted(
        request, pk, lambda: actions.reconcile(pk, by=by, at=at), said=_("已对账，逐项相等。")
    )


@demands(Permission.EXPORT_LISTS)
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """Give the batch as a workbook; each time it is recorded. A long one is asked for first."""
    found = _seen(pk)
    try:
        data = actions.export_batch(pk, by=request.by, at=timezone.localtime(request.at))
    except SecondPersonNeeded:
        return redirect("desk:ask_export", ExportKind.BATCH, pk)
    return workbook(data, name=found.number)
