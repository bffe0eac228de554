"""A checked roster enters the e-file household by household, and never over what was seen."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from tests.families.registry.roster.conftest import Check, Take
from tests.families.registry.roster.sheets import AREA, ON, VILLAGE, book, number, person
from yangguang.aid.ledger.actions import open_legacy
from yangguang.aid.ledger.models import Entry
from yangguang.families.registry.actions.roster import (
    RosterFaulty,
    RosterOutsideScope,
    RosterOvertaken,
    commit_roster,
)
from yangguang.families.registry.models import (
    BankAccount,
    Dwelling,
    Household,
    Income,
    Membership,
    Person,
    PersonFacts,
    Recognition,
)
from yangguang.families.registry.queries.roster import check_roster
from yangguang.families.registry.rules.roster.reading import read_roster
from yangguang.families.registry.rules.roster.writing import annotated, neutral
from yangguang.families.registry.types import Source
from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor, enter, system
from yangguang.foundation.walls.sealing import unseal

pytestmark = [pytest.mark.requirement(28), pytest.mark.requirement(30), pytest.mark.django_db]


def spouse(serial: int, **changes: object) -> dict[str, object]:
    """Give the row of the wife in a household."""
    told: dict[str, object] = {
        "与户主关系": "妻子", "姓名": "李秀英", "身份证号": number("19620708", 2 * serial),
        "性别": "女", "婚姻": "已婚",
    }  # fmt: skip
    return person(serial, **(told | changes))


def test_a_roster_becomes_households_with_all_that_it_tells(take: Take) -> None:
    result = take([person(1, 健康="重病（尿毒症）", 残疾="肢体二级"), spouse(1)])
    assert (result.created, result.updated, result.unchanged) == (1, 0, 0)
    household = Household.objects.get(number="YG-0001")
    head = household.head
    assert head is not None
    assert (head.name, head.pinyin, head.initials) == ("王建国", "wangjianguo", "wjg")
    assert household.area_id == VILLAGE
    assert household.memberships.count() == 2
    facts = PersonFacts.objects.get(person=head)
    assert (facts.illness, facts.disability_kind, facts.disability_grade) == (
        "severe", "physical", 2,
    )  # fmt: skip
    assert (facts.source, facts.as_of_date) == (Source.IMPORTED, ON)
    assert Income.objects.get(household=household).declared_fen == 800_000
    assert Dwelling.objects.get(household=household).tenure == "owned"
    assert household.circumstances.causes == ["cause_illness"]
    assert dict(household.spendings.values_list("kind", "amount_fen"))["medical"] == 120_000


def test_numbers_phones_cards_and_diseases_are_sealed_for_their_own_row(take: Take) -> None:
    take([person(1, 健康="重病（尿毒症）")])
    household = Household.objects.get(number="YG-0001")
    head, account = Person.objects.get(), BankAccount.objects.get()
    facts = PersonFacts.objects.get()
    assert unseal(head.number_sealed, place=f"person.number.{head.pk}") == person(1)["身份证号"]
    assert unseal(household.phone_sealed, place=f"household.phone.{household.pk}") == "13812345678"
    assert unseal(facts.illness_sealed, place=f"personfacts.illness.{head.pk}") == "尿毒症"
    place = f"bankaccount.card.{household.pk}"
    assert unseal(account.card_sealed, place=place) == person(1)["卡号"]


def test_a_family_in_force_enters_as_legacy_without_a_clock(take: Take) -> None:
    take([person(1)])
    recognition = Recognition.objects.get()
    assert recognition.is_legacy
    assert (recognition.category, recognition.monthly_fen) == ("dibao", 65_000)
    assert (recognition.decided_date, recognition.started_date) == (date(2024, 6, 1),) * 2
    assert recognition.next_review_date == date(2027, 6, 1)
    assert recognition.document_number == "济历民2024年6号"
    assert Household.objects.get().accepted_at is None


def test_a_family_in_force_opens_its_continuing_aid_once(
    take: Take, officer: Actor, now: datetime
) -> None:
    result = take([person(1), person(2, 保障类别="低保边缘", 月保障金额="")])
    for _ in range(2):
        open_legacy(result.recognised, on=ON, area_code=AREA, by=officer, at=now, key="r")
    entry = Entry.objects.get()
    assert (entry.item_code, entry.is_continuing) == ("mz-dibao-rural", True)
    assert (entry.monthly_fen, entry.started_date) == (65_000, date(2024, 6, 1))


def test_the_same_roster_twice_changes_nothing(take: Take) -> None:
    rows = [person(1, 健康="重病（尿毒症）"), spouse(1), person(2, 教育自付="", 住房="")]
    take(rows)
    before = list(Household.objects.order_by("id").values())
    again = take(rows)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert list(Household.objects.order_by("id").values()) == before
    assert again.recognised == ()


def test_a_changed_fact_is_updated_and_an_empty_cell_changes_nothing(take: Take) -> None:
    take([person(1, 健康="慢性病"), person(2)])
    result = take([person(1, 健康="重病", 家庭年收入=9000, 住房="", 电话=""), person(2)])
    assert (result.updated, result.unchanged) == (1, 1)
    household = Household.objects.get(number="YG-0001")
    assert household.incomes.get().declared_fen == 900_000
    assert PersonFacts.objects.get(person=household.head).illness == "severe"
    assert household.dwelling.tenure == "owned"
    assert household.phone_sealed


def test_a_fact_seen_at_a_visit_is_kept_and_the_difference_told(take: Take, check: Check) -> None:
    take([person(1)])
    PersonFacts.objects.update(source=Source.VISITED)
    Income.objects.update(source=Source.CHECKED)
    report = check([person(1, 健康="重病", 家庭年收入=1)])
    assert report.count("same") == 1
    told = {problem.column: problem.message for problem in report.warnings}
    assert "入户调查" in told["姓名"]
    assert "部门核对" in told["家庭年收入"]


def test_a_person_of_another_household_stops_with_both_sides_shown(
    take: Take, check: Check
) -> None:
    take([person(1)])
    report = check([person(2, 身份证号=person(1)["身份证号"])])
    (problem,) = report.errors
    assert (problem.row, problem.column) == (2, "身份证号")
    for words in ("YG-0001", "王*国", "韩官庄", "YG-0002"):
        assert words in problem.message
    assert problem.value.startswith("379921****")


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"姓名": "王建军", "户主": "王建军"}, "姓名", "姓名不同"),
        ({"身份证号": number("19600305", 801)}, "户主", "登记的户主"),
    ],
)
def test_what_is_ambiguous_stops(
    take: Take, check: Check, changes: dict[str, object], column: str, words: str
) -> None:
    take([person(1)])
    (problem,) = check([person(1, **changes)]).errors
    assert problem.column == column
    assert words in problem.message


def test_moves_cards_and_leaving_members_are_told_and_left_to_their_own_verbs(
    take: Take, check: Check
) -> None:
    take([person(1), spouse(1)])
    report = check([person(1, 村="370112020216", 卡号=person(9)["卡号"])])
    assert {problem.column for problem in report.warnings} == {"村(居)", "户编号", "卡号"}
    assert report.count("same") == 1


def test_a_new_member_of_a_known_household_joins_it(take: Take) -> None:
    take([person(1)])
    result = take([person(1), spouse(1)])
    assert result.updated == 1
    assert Membership.objects.filter(household__number="YG-0001").count() == 2


def test_one_error_stops_the_file(take: Take) -> None:
    with pytest.raises(RosterFaulty, match="1处错误"):
        take([person(1), person(2, 性别="女")])
    assert Household.objects.count() == 0


def test_the_clean_households_are_taken_and_the_others_come_back_with_the_reason(
    take: Take, check: Check
) -> None:
    rows = [person(1), person(2, 性别="女", 住址="=1+1"), spouse(2), person(3)]
    report = check(rows)
    result = take(rows, take_clean=True)
    assert (result.created, result.left_out) == (2, 1)
    assert set(Household.objects.values_list("number", flat=True)) == {"YG-0001", "YG-0003"}
    sheet = openpyxl.load_workbook(io.BytesIO(annotated(report))).worksheets[0]
    header, first, second = sheet.iter_rows()
    names = [cell.value for cell in header]
    cells = dict(zip(names, first, strict=True))
    assert "不符" in str(cells["问题"].value)
    assert (cells["原行号"].value, cells["姓名"].value) == (3, "王建国")
    assert cells["性别"].fill.fgColor.rgb == "FFF8D7DA"
    assert cells["住址"].value == "'=1+1"
    assert dict(zip(names, second, strict=True))["姓名"].value == "李秀英"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_that_goes_back_is_a_formula(start: str) -> None:
    assert neutral(f"{start}cmd") == f"'{start}cmd"


def test_an_annotated_roster_is_read_again(check: Check) -> None:
    report = check([person(1, 性别="女")])
    assert read_roster(annotated(report)).frame["name"].to_list() == ["王建国"]


def test_a_household_that_changed_since_the_check_is_not_overwritten(
    take: Take, check: Check, officer: Actor, now: datetime
) -> None:
    take([person(1)])
    report = check([person(1, 家庭年收入=1)])
    Household.objects.update(facts_version=9)
    with pytest.raises(RosterOvertaken, match="YG-0001"):
        commit_roster(report, by=officer, at=now)


def test_a_person_beyond_the_officers_sight_stops_the_file_by_row(
    take: Take, now: datetime
) -> None:
    take([person(1)])
    other = system("370102")
    enter(other)
    village = "370102001002"
    rows = [person(2, 村=village), person(3, 村=village, 身份证号=person(1)["身份证号"])]
    report = check_roster(read_roster(book(rows)), area_code="370102000000", on=ON)
    assert report.is_clean
    with pytest.raises(RosterOvertaken, match="第3行"):
        commit_roster(report, by=other, at=now)


def test_a_roster_of_another_area_is_refused(check: Check, now: datetime) -> None:
    with pytest.raises(RosterOutsideScope):
        commit_roster(check([person(1)]), by=system("370102"), at=now)


def test_an_import_leaves_one_line_in_the_trail(take: Take) -> None:
    take([person(1), person(2)])
    trail = Record.objects.get(verb="registry.import_roster")
    assert (trail.object_kind, trail.area_code) == ("roster", AREA)


def test_every_taken_household_is_marked_for_its_index(take: Take) -> None:
    from yangguang.families.registry.models import Mark

    take([person(1), person(2)])
    assert Mark.objects.count() == 2
