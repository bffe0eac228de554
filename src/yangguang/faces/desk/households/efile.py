"""What the e-file of a household shows (一户一档)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from yangguang.aid.index.queries import Ranks, explanation_of, rank_of, score_of
from yangguang.aid.index.queries.explaining import StoredScore
from yangguang.aid.index.rules.explain import Explanation
from yangguang.aid.index.rules.flags import FlagName, raised
from yangguang.aid.index.types import Band
from yangguang.aid.ledger.queries.history import History, aid_history
from yangguang.faces.desk.households.facts import FactRow, fact_rows
from yangguang.faces.desk.households.forms.holdings import in_force, removable
from yangguang.faces.desk.households.revealing import offered
from yangguang.faces.desk.households.story import Event, story
from yangguang.faces.desk.households.summing import Sum, sum_of
from yangguang.faces.desk.ranking.addresses import ranking_address
from yangguang.faces.look.formats import thousands
from yangguang.faces.look.words import zh
from yangguang.families.registry.queries.search import history
from yangguang.families.registry.queries.views import HouseholdPage, MemberView, PhotoView
from yangguang.families.registry.types import (
    Category,
    Occupation,
    PhotoKind,
    RegisterType,
    Relation,
    Secret,
    Sex,
    Source,
    Student,
)
from yangguang.foundation.accounts.rules.roles import Permission, permits
from yangguang.foundation.catalogue.queries import aid_items
from yangguang.foundation.walls.context import Actor


@dataclass(frozen=True)
class EFile:
    """A household's own data and what stands around it."""

    file: HouseholdPage
    explained: Explanation | None
    stored: StoredScore | None
    ranks: Ranks | None
    aid: History
    item_names: dict[str, str]
    events: tuple[Event, ...]
    by: Actor
    may_edit: bool
    may_recognise: bool
    role: str
    on: date

    @classmethod
    def of(cls, file: HouseholdPage, *, by: Actor, on: date) -> Self:
        """Read what stands around a household's own data. Nine queries."""
        return cls(
            file=file,
            explained=explanation_of(file.id, on),
            stored=score_of(file.id),
            ranks=rank_of(file.id),
            aid=aid_history(file.id, on=on),
            item_names={one.code: _(one.name) for one in aid_items(on, file.area_code)},
            events=story(file, history(file.id)),
            by=by,
            may_edit=permits(by.role, Permission.EDIT_HOUSEHOLDS) and file.closed is None,
            may_recognise=permits(by.role, Permission.IMPORT_ROSTER),
            role=by.role,
            on=on,
        )

    @property
    def title(self) -> str:
        """Name the family by its head."""
        return _("%(name)s 家庭") % {"name": self.file.head_name or self.file.number}

    @property
    def way(self) -> list[tuple[str, str | None]]:
        """Give the areas from the city down; those within the reader's own lead to their lists."""
        codes = [self.file.area_code[:digits].ljust(12, "0") for digits in (4, 6, 9, 12)]
        named = zip(codes, self.file.area_path, strict=False)
        return [
            (zh(name), ranking_address(area=code) if self.by.covers(code) else None)
            for code, name in named
        ]

    @property
    def address(self) -> str:
        """Give where the family lives; the group stands before it unless the address names it."""
        where, group = self.file.address or self.file.area_name, self.file.group_name
        named = re.search(rf"(?<!\d){re.escape(group)}", where)
        return where if named else f"{group}{where}"

    @property
    def categories(self) -> list[str]:
        """Give what the household is recognised as today."""
        held = [one for one in self.file.recognitions if one.ended is None]
        return [_(Category(one.category).label) for one in held]

    @property
    def register_type(self) -> str:
        """Give the word for the kind of register."""
        return _(RegisterType(self.file.register_type).label)

    @property
    def band(self) -> Band | None:
        """Give the band of need."""
        return list(Band)[self.stored.band - 1] if self.stored else None

    @property
    def flags(self) -> tuple[FlagName, ...]:
        """Give the flags that stand."""
        return raised(self.stored.flags) if self.stored else ()

    @cached_property
    def sum(self) -> Sum | None:
        """Give the index as a sum."""
        return sum_of(self.explained) if self.explained else None

    @property
    def places(self) -> list[tuple[str, str, str]]:
        """Give the rank at each level, from the village up: area, rank, of how many."""
        if self.ranks is None:
            return []
        r = self.ranks
        found = ((r.city, r.of_city), (r.county, r.of_county), (r.town, r.of_town),
                 (r.village, r.of_village))  # fmt: skip
        named = list(zip(self.file.area_path, found, strict=False))
        return [(name, thousands(rank), thousands(of)) for name, (rank, of) in reversed(named)]

    @property
    def facts(self) -> list[FactRow]:
        """Give the facts by class, each with source and day."""
        return fact_rows(self.file)

    @property
    def portrait(self) -> PhotoView | None:
        """Give the latest portrait of the head."""
        of_head = (
            one
            for one in self.file.photos
            if one.kind == PhotoKind.PORTRAIT and one.person_id == self.file.head_id
        )
        return next(of_head, None)

    @property
    def members(self) -> Iterator["MemberRow"]:
        """Give the members as rows."""
        return (MemberRow(one, self.file.id, self.role) for one in self.file.members)

    @property
    def photos(self) -> list[tuple[PhotoView, str]]:
        """Give the photos with the word for their kind."""
        return [(one, _(PhotoKind(one.kind).label)) for one in self.file.photos]

    def asks(self, secret: Secret) -> str:
        """Give the address at which this reader may ask for a masked value, or ""."""
        return offered(self.role, self.file.id, secret)

    @property
    def phone(self) -> str:
        """Give the address at which the phone may be asked for, or ""."""
        return self.asks(Secret.PHONE)

    def change(self, what: str) -> str:
        """Give the address of a change of the household."""
        return reverse("desk:change", args=[self.file.id, what])

    @property
    def changes(self) -> list[tuple[str, str]]:
        """Give the changes of the household as such: label and address."""
        labels = {
            "front": _("更正基本信息"),
            "member": _("添加成员"),
            "head": _("户主变更"),
            "split": _("分户"),
            "merge": _("合户"),
            "move": _("迁移"),
            "account": _("登记一卡通账户"),
            "photo": _("上传照片"),
            "shock": _("登记突发事件"),
            "asset": _("登记财产"),
            "supporter": _("登记赡养义务人"),
            "recognition": _("登记存量保障认定"),
            "end_recognition": _("终止保障认定"),
            "remove": _("删除误登记录"),
            "close": _("退出登记"),
        }
        return [(text, self.change(what)) for what, text in labels.items() if self._offers(what)]

    def _offers(self, what: str) -> bool:
        match what:
            case "head" | "split":
                return len(self.file.members) > 1
            case "recognition":
                return self.may_recognise
            case "end_recognition":
                return self.may_recognise and bool(in_force(self.file))
            case "remove":
                return bool(removable(self.file))
            case _:
                return True


@dataclass(frozen=True)
class MemberRow:
    """A member as the e-file shows him or her: the class of trouble, never a disease."""

    member: MemberView
    household_id: int
    role: str

    @property
    def relation(self) -> str:
        """Give the word for the relation to the head."""
        return _(Relation(self.member.relation).label)

    @property
    def sex(self) -> str:
        """Give the word for the sex."""
        return _(Sex(self.member.sex).label)

    @property
    def states(self) -> list[str]:
        """Give the classes of trouble and what the member does."""
        facts = self.member.facts
        words = [_(word) for word in self.member.troubles]
        if facts is None:
            return words
        if facts.student:
            words.append(_("在读：%(what)s") % {"what": _(Student(facts.student).label)})
        if facts.unable_to_work:
            words.append(_("无劳动能力"))
        if facts.unsupported_child:
            words.append(_("孤儿或事实无人抚养"))
        words.append(_("在业") if facts.employed else _(Occupation(facts.occupation).label))
        return words

    @property
    def source(self) -> str:
        """Give where the facts come from."""
        return _(Source(self.member.facts.source).label) if self.member.facts else ""

    @property
    def number(self) -> str:
        """Give the address at which this reader may ask for the whole number, or ""."""
        return self._asks(Secret.NUMBER)

    @property
    def disease(self) -> str:
        """Give the address at which this reader may ask for the disease, or "" also without one."""
        facts = self.member.facts
        return self._asks(Secret.DISEASE) if facts and facts.disease else ""

    def _asks(self, secret: Secret) -> str:
        return offered(self.role, self.household_id, secret, self.member.person_id)

    def change(self, what: str) -> str:
        """Give the address of a change of the member."""
        return reverse("desk:change_member", args=[self.household_id, self.member.person_id, what])
