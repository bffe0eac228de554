"""Registering a household on one page: home, members, incomes, spendings, circumstances, card."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from yangguang.faces.desk.households.forms.base import Sectioned, StampedForm
from yangguang.faces.desk.households.forms.facts import (
    CircumstancesFields,
    DwellingFields,
    income_entries,
    spending_entries,
    spending_fields,
)
from yangguang.faces.desk.households.forms.fields import (
    BankField,
    Chosen,
    PhoneField,
    YuanField,
    text_field,
)
from yangguang.faces.desk.households.forms.people import MemberFields
from yangguang.faces.desk.households.forms.places import VillageField
from yangguang.families.registry.rules.entries import AccountEntry, HouseholdEntry
from yangguang.families.registry.rules.refusals import AlreadyRegistered
from yangguang.families.registry.types import (
    IncomeClass,
    PropertyStatus,
    RegisterType,
    Relation,
    Source,
)
from yangguang.foundation.kernel.refusals import Refusal

MOST_MEMBERS = 20


class PlaceForm(StampedForm):
    """Where the family lives, and who told us."""

    register_type = Chosen(RegisterType, _("户口性质"))
    address = text_field(_("居住地址"), most=200, hint=_("村（居）以下，写到门牌。"))
    group_name = text_field(_("村民小组"), most=60, short=True)
    phone = PhoneField()

    def __init__(self, *args: Any, scope: str, **given: Any) -> None:
        """Offer the villages of a scope."""
        super().__init__(*args, **given)
        self.fields["village"] = VillageField(_("居住地村（居）"), scope)
        self.order_fields(["village"])


class IncomesFields(Sectioned):
    """What the family declares to have earned; verified amounts come later."""

    def __init__(self, *args: Any, **given: Any) -> None:
        """Ask for each class."""
        super().__init__(*args, **given)
        self.fields.update({f"declared_{kind}": YuanField(_(kind.label)) for kind in IncomeClass})


class SpendingsFields(Sectioned):
    """What the family had to pay itself."""

    def __init__(self, *args: Any, **given: Any) -> None:
        """Ask for each kind."""
        super().__init__(*args, **given)
        self.fields.update(spending_fields())


class CardFields(Sectioned):
    """The card to which aid is paid; the head holds it."""

    bank = BankField()
    card = text_field(_("卡号或存折号"), most=40, hint=_("持卡人为户主；保存后只显示后四位。"))

    def clean(self) -> dict[str, Any]:
        """Ask for both or none, and for digits."""
        given = super().clean() or self.cleaned_data
        card = (given.get("card") or "").replace(" ", "")
        if bool(card) != bool(given.get("bank")):
            self.add_error("card" if not card else "bank", say("开户行和卡号须同时填写。"))
        if card and not (card.isascii() and card.isdigit() and 8 <= len(card) <= 30):
            self.add_error("card", say("卡号应为8至30位数字。请对照存折或卡片填写。"))
        return given | {"card": card}


class Registration:
    """All forms of the page together; `rows` names the member forms that stand on it.

    Members come and go by plain buttons, so that the page works without a script: `add` and
    `remove` give the page again with everything that was typed.
    """

    def __init__(
        self, data: QueryDict | None, *, scope: str, on: date, errors: bool = True
    ) -> None:
        """Bind the forms to what was typed; with `errors` off, show it unchecked."""
        self.data, self.on, self.scope = data, on, scope
        self.rows = _rows(data)
        if data is not None and not errors:
            self._build({}, typed=data)
        else:
            self._build({"data": data})

    def _build(self, given: dict[str, Any], typed: QueryDict | None = None) -> None:
        def made(kind: type[forms.Form], prefix: str, **first: Any) -> Any:
            more: dict[str, Any] = {"scope": self.scope} if kind is PlaceForm else {}
            form = kind(**given, **more, prefix=prefix, initial=first)
            if typed is not None:
                form.initial = as_typed(form, typed, prefix)
            form.on = self.on  # type: ignore[attr-defined]
            return form

        self.place: PlaceForm = made(PlaceForm, "place", as_of=self.on, source=Source.DECLARED)
        self.members: list[MemberFields] = [
            made(MemberFields, f"m{row}", ethnic="汉族", is_counted=True,
                 relation=Relation.HEAD if place == 0 else None)
            for place, row in enumerate(self.rows)
        ]  # fmt: skip
        self.dwelling: DwellingFields = made(DwellingFields, "home")
        self.incomes: IncomesFields = made(IncomesFields, "income")
        self.spendings: SpendingsFields = made(SpendingsFields, "spent")
        self.circumstances: CircumstancesFields = made(
            CircumstancesFields, "life", reviewed=self.on, property_status=PropertyStatus.WITHIN
        )
        self.card: CardFields = made(CardFields, "card")
        self.refused = ""

    @property
    def parts(self) -> list[forms.Form]:
        """List the forms in the order of the page."""
        return [self.place, *self.members, self.dwelling, self.incomes, self.spendings,
                self.circumstances, self.card]  # fmt: skip

    def is_valid(self) -> bool:
        """Check all forms, so that all faults are told at once."""
        return all([part.is_valid() for part in self.parts])  # noqa: C419

    def problems(self) -> Iterator[tuple[str, str]]:
        """Give what is wrong: the field's id and the words, with the member's name before them."""
        if self.refused:
            yield "", self.refused
        for part in self.parts:
            who = self.name_of(part) if isinstance(part, MemberFields) else ""
            for text in part.non_field_errors():
                yield "", f"{who}{text}"
            for bound in part:
                for text in bound.errors:
                    yield bound.auto_id, f"{who}{bound.label}：{text}"

    def name_of(self, member: MemberFields) -> str:
        """Name a member by what was typed, or by place."""
        name = (member["name"].value() or "").strip()
        place = self.members.index(member) + 1
        return f"{name}，" if name else say("成员%(n)d，") % {"n": place}

    def entry(self) -> HouseholdEntry:
        """Give the household as the verb takes it."""
        stamp, place = self.place.stamp, self.place.cleaned_data
        return HouseholdEntry(
            area_code=place["village"],
            register_type=place["register_type"],
            members=tuple(member.entry(stamp) for member in self.members),
            dwelling=self.dwelling.dwelling(stamp),
            circumstances=self.circumstances.circumstances(stamp),
            incomes=income_entries(self.incomes.cleaned_data, stamp),
            spendings=spending_entries(self.spendings.cleaned_data, stamp),
            account=self._account(),
            address=place["address"],
            group_name=place["group_name"],
            phone=place["phone"],
        )

    def _account(self) -> AccountEntry | None:
        given = self.card.cleaned_data
        if not given["card"]:
            return None
        heads = [m.cleaned_data["relation"] == Relation.HEAD for m in self.members]
        holder = heads.index(True) if True in heads else 0
        return AccountEntry(bank=given["bank"], card=given["card"], started=self.on, holder=holder)

    def refuse(self, refusal: Refusal) -> None:
        """Put a refusal beside the member it names, else above the page."""
        place = refusal.place if isinstance(refusal, AlreadyRegistered) else None
        if place is not None and place < len(self.members):
            self.members[place].add_error("number", str(refusal))
        else:
            self.refused = str(refusal)


def _rows(data: Mapping[str, Any] | None) -> list[int]:
    """Read which member forms stand on the page, after what was added or removed."""
    if data is None:
        return [0]
    rows = [
        int(row)
        for row in str(data.get("rows", "0")).split(",")
        if row.isdecimal() and len(row) < 4
    ]
    rows = list(dict.fromkeys(rows))[:MOST_MEMBERS]
    if "add" in data and len(rows) < MOST_MEMBERS:
        rows.append(max(rows, default=-1) + 1)
    gone = str(data.get("remove", ""))
    return [row for row in rows if str(row) != gone] or [0]


def as_typed(form: forms.Form, data: QueryDict, prefix: str) -> dict[str, Any]:
    """Give what was typed into a form, unchecked, to show it again."""
    typed = {}
    for name, field in form.fields.items():
        typed[name] = field.widget.value_from_datadict(data, {}, f"{prefix}-{name}")
    # A new member form has nothing typed: it keeps what it begins with.
    fresh = not any(key.startswith(f"{prefix}-") for key in data)
    return dict(form.initial) if fresh else typed
