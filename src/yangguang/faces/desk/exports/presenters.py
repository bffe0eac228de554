"""What the pages of export requests show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Self

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yangguang.aid.disbursement.queries.exports import batch_subject_of
from yangguang.aid.plans.queries.exports import RequestRow, export_requests, plan_subject_of
from yangguang.aid.plans.types import ExportKind, ExportStatus, Subject
from yangguang.foundation.walls.context import Actor

TONES: Mapping[ExportStatus, str] = MappingProxyType(
    {
        ExportStatus.ASKED: "warn",
        ExportStatus.GRANTED: "ok",
        ExportStatus.DECLINED: "stop",
        ExportStatus.TAKEN: "quiet",
    }
)


class AskForm(forms.Form):
    """What the list is needed for."""

    reason = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=200,
        help_text=gettext_lazy("写明用在哪里、给谁看、何时销毁。"),
    )


def subject_of(kind: str, key: int) -> Subject | None:
    """Give a list of the scope that may be exported, or None. One query."""
    match kind:
        case ExportKind.PLAN:
            return plan_subject_of(key)
        case ExportKind.BATCH:
            return batch_subject_of(key)
        case _:
            return None


@dataclass(frozen=True, slots=True)
class ExportsPage:
    """The requests of a scope, those that wait first."""

    waiting: list[RequestRow]
    others: list[RequestRow]
    me: int

    @classmethod
    def of(cls, by: Actor, at: datetime) -> Self:
        """Read the requests. One query."""
        rows = export_requests(at=at)
        waiting = [row for row in rows if row.status == ExportStatus.ASKED]
        return cls(waiting, [row for row in rows if row.status != ExportStatus.ASKED], by.id)

    def may_decide(self, row: RequestRow) -> bool:
        """Tell whether this reader is another person than who asks."""
        return row.asked_by != self.me

    def download(self, row: RequestRow) -> str:
        """Give the address at which the asker takes the list, or ""."""
        return export_address(row.kind, row.key) if row.is_open and row.asked_by == self.me else ""

    def tone(self, row: RequestRow) -> str:
        """Give the tone of a request's status."""
        return TONES[row.status]

    def outcome(self, row: RequestRow) -> str:
        """Say what became of a request in a word or two."""
        if row.status == ExportStatus.GRANTED and not row.is_open:
            return _("已同意，逾24小时未下载，失效")
        return _(row.status.label)


def export_address(kind: ExportKind, key: int) -> str:
    """Give the address that gives out a list."""
    name = "desk:export_plan" if kind is ExportKind.PLAN else "desk:export_batch"
    return reverse(name, args=[key])
