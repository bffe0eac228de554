"""`yangguang audit`: sign and anchor the trail, verify it, give it out."""

import json
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click
from django.db import transaction
from django.utils import timezone
from rich.console import Console

from yangguang.foundation.accounts.queries import actor_of, staff_by_username
from yangguang.foundation.accounts.rules.roles import Permission, demand
from yangguang.foundation.audit import actions, queries
from yangguang.foundation.audit.anchors import anchor_folder
from yangguang.foundation.audit.types import Finding, Verdict
from yangguang.foundation.kernel.refusals import Refusal
from yangguang.foundation.walls.context import Actor, acting, system
from yangguang.foundation.walls.signing import signer

_SHOWN = 50


class UnknownPerson(Refusal):
    """A release names somebody who holds no post here."""


@click.group(help="留痕：签发链头并锚定、核验、导出、放行。")
def audit() -> None:
    """Hold the commands of the trail."""


@audit.command(help="签发链头并写入锚定文件夹，每天一次。")
def head() -> None:
    """Sign where all chains end, and anchor it."""
    at = timezone.now()
    made = actions.sign_head(on=timezone.localdate(at), at=at, by=system(""))
    records = sum(tip.sequence for tip in made.facts.tips)
    click.echo(
        f"已签发第{made.facts.number}个链头：{len(made.facts.tips)}个分片，{records:,}条留痕。"
    )
    click.echo(f"锚定文件夹：{anchor_folder()}。请把新文件交给本单位以外的保管人。")
    click.echo(f"公钥：{made.key.hex()}")


@audit.command(help="输出核验链头所用的公钥。")
def key() -> None:
    """Say the public key that outsiders hold."""
    click.echo(signer().key.hex())


@audit.command(help="重算全部留痕链，与链头和锚定对照。完好退出 0，有问题退出 1。")
@click.option("--json", "as_json", is_flag=True, help="结果写成 JSON。")
def verify(as_json: bool) -> NoReturn:
    """Recompute every chain and name what is wrong."""
    with Console(stderr=True).status("正在核验留痕……"), transaction.atomic():
        verdict = queries.verify()
    if as_json:
        click.echo(json.dumps(_told(verdict), ensure_ascii=False, indent=2))
    else:
        _tell_people(verdict)
    raise SystemExit(0 if verdict.is_sound else 1)


@audit.command(help="把留痕、链和链头导出为 JSON 行，供外部用 verify.py 核验。含经办人姓名和理由。")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(file: Path) -> None:
    """Write the whole trail, a line a link."""
    count = 0
    with (
        Console(stderr=True).status("正在导出留痕……"),
        transaction.atomic(),
        file.open("w", encoding="utf-8") as out,
    ):
        for line in queries.exported():
            out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            count += "link" in line
    click.echo(f"已导出{count:,}条留痕到{file}。")


@audit.command(help="锚定过期时，由两名有审批权的负责人放行24小时；姓名和理由由下一个链头公布。")
@click.option("--by", "first", required=True, help="放行人的登录名。")
@click.option("--second", required=True, help="第二放行人的登录名。")
@click.option("--reason", required=True, help="放行理由。")
def release(first: str, second: str, reason: str) -> None:
    """Let money go on without a fresh anchor, in two approvers' names."""
    at = timezone.now()
    by, other = _approver(first, at), _approver(second, at)
    with acting(by):
        made = actions.release(reason, by=by, second=other, at=at)
    click.echo(f"已放行，至{timezone.localtime(made.until):%Y-%m-%d %H:%M}止。下一个链头会公布。")


def _approver(username: str, at: datetime) -> Actor:
    staff = staff_by_username(username)
    actor = actor_of(staff.pk, timezone.localdate(at)) if staff else None
    if actor is None:
        raise UnknownPerson(f"没有登录名为“{username}”的在岗人员。请核对登录名。")
    demand(actor.role, Permission.APPROVE_PLAN)
    return actor


def _told(verdict: Verdict) -> dict[str, object]:
    return {
        "sound": verdict.is_sound,
        "records": verdict.records,
        "shards": verdict.shards,
        "heads": verdict.heads,
        "findings": [
            [one.fault.value, one.shard, one.sequence, one.record] for one in verdict.findings
        ],
    }


def _tell_people(verdict: Verdict) -> None:
    click.echo(f"核验{verdict.records:,}条留痕，{verdict.shards}个分片，{verdict.heads}个链头。")
    if verdict.is_sound:
        click.echo("没有发现问题。")
        return
    click.echo(f"发现问题{len(verdict.findings)}处：")
    for finding in verdict.findings[:_SHOWN]:
        click.echo(f"  {_line(finding)}")
    if len(verdict.findings) > _SHOWN:
        click.echo(f"  另有{len(verdict.findings) - _SHOWN}处，加 --json 全部列出。")


def _line(finding: Finding) -> str:
    if not finding.shard:
        return f"{finding.fault.label}：第{finding.sequence}个链头"
    record = f"，留痕{finding.record}" if finding.record else ""
    return f"{finding.fault.label}：分片{finding.shard}第{finding.sequence}号{record}"
