"""Each change over HTTP: the form as it comes, what is typed, the page that says what moved."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.forms import CharField
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from tests.faces.desk.conftest import LogIn
from tests.faces.desk.reading import Values, form_on
from tests.factories.registry import HouseholdFactory, identity
from yangguang.faces.desk.households.changes import CHANGES
from yangguang.families.registry.models import Household
from yangguang.families.registry.queries.page import household_page
from yangguang.families.registry.queries.views import HouseholdPage
from yangguang.families.registry.rules.texts import LONGEST
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.slow, pytest.mark.requirement(30)]

COUNTY = "370112000000"
ELSEWHERE = "370102000000"


@pytest.fixture
def officer(families: list[Household], log_in: LogIn) -> Client:
    """Log in as a planner of the county, who may correct households."""
    return log_in("county_planner", COUNTY)


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Keep uploaded pictures in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def widow(families: list[Household]) -> Household:
    """Give the widow with a student."""
    return families[0]


def today() -> date:
    return timezone.localdate()


def file_of(household: Household | int) -> HouseholdPage:
    key = household if isinstance(household, int) else household.pk
    with acting(system("3701")):
        return household_page(key, today())


def address(household: Household, what: str, person: int | None = None) -> str:
    if person is not None:
        return f"/households/{household.pk}/members/{person}/{what}/"
    return f"/households/{household.pk}/change/{what}/"


def send(client: Client, where: str, **typed: object) -> tuple[int, str]:
    """Open a form, type into it, send it, and give the status and the page that follows."""
    form: Values = form_on(client.get(where).text, "expected_version")
    given = form | {name.replace("__", "-"): value for name, value in typed.items()}
    answer = client.post(where, given)
    if answer.status_code == 302:
        return 302, client.get(answer["Location"]).text
    return answer.status_code, answer.text


@pytest.mark.requirement(42)
def test_a_higher_income_lets_the_index_fall_and_the_page_says_so(
    officer: Client, widow: Household
) -> None:
    status, page = send(
        officer, address(widow, "incomes"), source="visited", declared_wages="3.6万"
    )
    assert status == 302
    assert re.search(r"已保存。救助指数由 [\d.]+ 降为 [\d.]+。", page)
    (income,) = file_of(widow).incomes
    assert (income.declared_fen, income.source, income.as_of) == (3_600_000, "visited", today())


def test_an_income_that_stays_keeps_its_source_and_day(officer: Client, widow: Household) -> None:
    before = file_of(widow).incomes[0]
    send(officer, address(widow, "incomes"), source="visited", declared_transfers="1,200")
    kinds = {one.kind: one for one in file_of(widow).incomes}
    assert kinds["wages"] == before
    assert kinds["transfers"].source == "visited"


@pytest.mark.requirement(31)
def test_each_group_of_facts_is_corrected_by_its_form(officer: Client, widow: Household) -> None:
    send(officer, address(widow, "dwelling"), source="visited", tenure="rented", grade="C",
         floor_area="48.5", rooms="2")  # fmt: skip
    send(officer, address(widow, "spendings"), source="declared", spent_medical="12000",
         spent_education="3000.50")  # fmt: skip
    send(officer, address(widow, "circumstances"), source="visited", single_parent="on",
         causes=["cause_illness", "cause_education"], note="墙体有裂缝")  # fmt: skip
    send(officer, address(widow, "shock"), source="visited", kind="disaster",
         day=str(today()), loss_fen="8000")  # fmt: skip
    found = file_of(widow)
    assert found.dwelling is not None
    assert (found.dwelling.tenure, found.dwelling.grade, str(found.dwelling.floor_area)) == (
        "rented", "C", "48.5",
    )  # fmt: skip
    assert {one.kind: one.amount_fen for one in found.spendings} == {
        "medical": 1_200_000, "education": 300_050,
    }  # fmt: skip
    assert found.circumstances is not None
    assert found.circumstances.single_parent
    assert found.circumstances.causes == ("cause_illness", "cause_education")
    assert [one.loss_fen for one in found.shocks] == [800_000]


@pytest.mark.requirement(31)
def test_property_and_supporters_are_entered_and_a_mistake_is_taken_out_with_a_reason(
    officer: Client, widow: Household
) -> None:
    head = str(file_of(widow).head_id)
    typed = {"source": "visited", "kind": "vehicle", "value_fen": "3.2万", "owner": head}
    status, page = send(officer, address(widow, "asset"), **typed, mark="五菱宏光")
    assert status == 302
    assert "机动车辆：32,000.00 元" in page
    typed = {"source": "declared", "name": "单建军", "relation": "长子", "family_size": "3",
             "family_income_fen": "6万", "monthly_support_fen": "300"}  # fmt: skip
    status, page = send(officer, address(widow, "supporter"), **typed)
    assert status == 302
    assert "长子 单*军，月赡养费 300.00 元" in page
    (asset,) = file_of(widow).assets
    assert (asset.value_fen, asset.detail, asset.source) == (
        3_200_000,
        (("mark", "五菱宏光"),),
        "visited",
    )

    which = f"asset-{asset.id}"
    status, page = send(officer, address(widow, "remove"), which=which, reason="")
    assert (status, len(file_of(widow).assets)) == (422, 1)
    status, page = send(officer, address(widow, "remove"), which=which, reason="车已报废")
    assert (status, file_of(widow).assets) == (302, ())
    assert len(file_of(widow).supporters) == 1


def test_a_record_of_another_household_cannot_be_taken_out(
    officer: Client, widow: Household, families: list[Household]
) -> None:
    typed = {"source": "visited", "kind": "deposit", "value_fen": "500"}
    send(officer, address(families[1], "asset"), **typed)
    (asset,) = file_of(families[1]).assets
    which = f"asset-{asset.id}"
    status, _ = send(officer, address(widow, "remove"), which=which, reason="误登")
    assert (status, len(file_of(families[1]).assets)) == (422, 1)


@pytest.mark.requirement(31)
def test_a_recognition_in_force_is_entered_as_such_and_ended_with_a_reason(
    officer: Client, widow: Household
) -> None:
    typed = {"category": "margin", "document_number": "历民救7号", "decided": "2024-03-01",
             "started": "2024-04-01", "monthly_fen": "420"}  # fmt: skip
    status, page = send(officer, address(widow, "recognition"), **typed)
    assert status == 302
    assert "低保边缘，月保障金额 420.00 元，历民救7号，存量" in page
    status, _ = send(officer, address(widow, "end_recognition"), category="margin", reason="")
    assert status == 422
    typed = {"category": "margin", "day": "2026-11-01", "reason": "收入超过标准"}
    status, page = send(officer, address(widow, "end_recognition"), **typed)
    assert status == 302
    assert "2026年11月1日终止" in page


def test_a_village_clerk_enters_no_recognition(widow: Household, log_in: LogIn) -> None:
    clerk = log_in("village_clerk", widow.area_id)
    typed = {"category": "margin", "document_number": "7号", "decided": "2024-03-01",
             "started": "2024-04-01", "monthly_fen": "420"}  # fmt: skip
    status, page = send(clerk, address(widow, "recognition"), **typed)
    assert (status, file_of(widow).recognitions) == (422, file_of(widow).recognitions)
    assert "没有“导入名册”权限" in page
    assert not [one for one in file_of(widow).recognitions if one.category == "margin"]
    assert "登记存量保障认定" not in clerk.get(f"/households/{widow.pk}/").text


def test_the_first_page_is_corrected_and_an_empty_phone_stays(
    officer: Client, widow: Household
) -> None:
    before = file_of(widow).phone_masked
    send(officer, address(widow, "front"), address="幸福路99号", register_type="urban")
    after = file_of(widow)
    assert (after.address, after.register_type) == ("幸福路99号", "urban")
    assert after.phone_masked == before


def test_a_member_s_facts_are_corrected_and_an_untouched_disease_stays(
    officer: Client, widow: Household
) -> None:
    person = widow.head_id
    where = address(widow, "facts", person)
    send(officer, where, source="visited", illness="severe", disease="尿毒症")
    status, _ = send(officer, where, source="checked", unable_to_work="on")
    facts = file_of(widow).members[0].facts
    assert status == 302
    assert facts is not None
    assert (facts.illness, facts.disease, facts.unable_to_work) == ("severe", "尿毒症", True)


def test_a_disability_needs_both_kind_and_grade(officer: Client, widow: Household) -> None:
    where = address(widow, "facts", widow.head_id)
    status, page = send(officer, where, source="visited", disability_kind="physical")
    assert status == 422
    assert "请按残疾人证选择等级" in page


def test_a_newborn_comes_without_a_number_and_goes_by_a_mistake(
    officer: Client, widow: Household
) -> None:
    born = today() - timedelta(days=9)
    status, _ = send(
        officer, address(widow, "member"), how="birth", name="赵小满", relation="child",
        sex="female", born=str(born), occupation="minor", marital="single", source="declared",
    )  # fmt: skip
    assert status == 302
    baby = next(one for one in file_of(widow).members if one.name == "赵小满")
    assert baby.is_temporary
    send(officer, address(widow, "number", baby.person_id), number=identity(born))
    assert not next(m for m in file_of(widow).members if m.name == "赵小满").is_temporary
    send(officer, address(widow, "person", baby.person_id), name="赵满")
    assert any(one.name == "赵满" for one in file_of(widow).members)
    send(officer, address(widow, "end", baby.person_id), how="mistake", reason="登记错误")
    assert [one.name for one in file_of(widow).former_members] == ["赵满"]


def test_a_head_who_leaves_names_the_next_one(officer: Client, widow: Household) -> None:
    where = address(widow, "end", widow.head_id)
    status, page = send(officer, where, how="death")
    assert status == 422
    assert "新户主" in page
    son = next(one for one in file_of(widow).members if one.person_id != widow.head_id)
    status, _ = send(officer, where, how="death", new_head=str(son.person_id))
    assert status == 302
    assert file_of(widow).head_name == "赵磊"


def test_another_member_becomes_the_head(officer: Client, widow: Household) -> None:
    son = next(one for one in file_of(widow).members if one.person_id != widow.head_id)
    send(officer, address(widow, "head"), new_head=str(son.person_id))
    assert file_of(widow).head_id == son.person_id


def test_a_split_shows_the_new_household_and_a_merge_brings_it_back(
    officer: Client, widow: Household
) -> None:
    son = next(one for one in file_of(widow).members if one.person_id != widow.head_id)
    status, page = send(officer, address(widow, "split"), head_of_new=str(son.person_id))
    assert status == 302
    assert "已分户" in page
    assert "赵磊 家庭" in page
    number = re.search(r'tag mono">([\w-]+)<', page)
    assert number is not None
    where = address(widow, "merge")
    status, page = send(officer, where, number=number[1])
    assert status == 422
    filled = form_on(page, "expected_version")
    asked = next(name for name in filled if name.startswith("relation_"))
    answer = officer.post(where, filled | {asked: "child"})
    assert answer.status_code == 302
    assert {one.name for one in file_of(widow).members} == {"单秀英", "赵磊"}


def test_a_merge_with_nobody_is_refused_in_words(officer: Client, widow: Household) -> None:
    status, page = send(officer, address(widow, "merge"), number="123")
    assert status == 422
    assert "没有这个户编号" in page


def test_a_household_moves_and_leaves(officer: Client, widow: Household) -> None:
    page = officer.get(address(widow, "move")).text
    villages = re.findall(r'<option value="(\d{12})"', page)
    there = next(code for code in villages if code != widow.area_id)
    send(officer, address(widow, "move"), village=there, address="新村1号", register_stays="on")
    moved = file_of(widow)
    assert (moved.area_code, moved.register_area_code) == (there, widow.area_id)
    status, page = send(officer, address(widow, "close"), reason="家庭收入已超过标准")
    assert status == 302
    assert "退出登记" in page
    assert officer.get(address(widow, "incomes")).status_code == 404


def test_a_card_is_kept_masked_and_a_doubtful_one_is_told(
    officer: Client, widow: Household
) -> None:
    status, page = send(
        officer, address(widow, "account"), holder=str(widow.head_id), bank="济南农商银行",
        card="6223190000000000013",
    )  # fmt: skip
    assert status == 302
    assert "没有通过银行卡校验" in page
    assert "6223190000000000013" not in page
    assert "0013" in page
    status, page = send(
        officer, address(widow, "account"), holder=str(widow.head_id), bank="济南农商银行",
        card="12ab",
    )  # fmt: skip
    assert status == 422
    assert "卡号应为8至30位数字" in page
    assert "12ab" in page


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "grey").save(out, "JPEG")
    out.name = "house.jpg"
    out.seek(0)
    return out


@pytest.mark.requirement(29)
def test_a_photo_is_uploaded_and_shown_in_three_sizes(officer: Client, widow: Household) -> None:
    status, page = send(
        officer, address(widow, "photo"), file=picture(), kind="house_photo", caption="北屋"
    )
    assert status == 302
    found = re.search(r"/photos/(\d+)/thumb/", page)
    assert found is not None
    for size in ("thumb", "medium", "full"):
        answer = officer.get(f"/photos/{found[1]}/{size}/")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/jpeg"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer.content.startswith(b"\xff\xd8")
    assert officer.get(f"/photos/{found[1]}/huge/").status_code == 404


def test_what_is_no_picture_is_refused(officer: Client, widow: Household) -> None:
    text = io.BytesIO(b"%PDF-1.7")
    text.name = "paper.pdf"
    status, page = send(officer, address(widow, "photo"), file=text, kind="evidence")
    assert status == 422
    assert "不是可以使用的照片" in page


def test_another_area_s_officer_sees_no_photo(
    officer: Client, widow: Household, log_in: LogIn
) -> None:
    _, page = send(officer, address(widow, "photo"), file=picture(), kind="house_photo")
    found = re.search(r"/photos/(\d+)/thumb/", page)
    assert found is not None
    assert log_in("county_planner", ELSEWHERE).get(f"/photos/{found[1]}/thumb/").status_code == 404


def test_who_was_slower_is_told_and_keeps_what_was_typed(officer: Client, widow: Household) -> None:
    where = address(widow, "spendings")
    stale = form_on(officer.get(where).text, "expected_version")
    send(officer, where, source="visited", spent_medical="1000")
    answer = officer.post(where, stale | {"source": "visited", "spent_medical": "77777"})
    assert answer.status_code == 409
    assert "已被他人更正" in answer.text
    assert "77777" in answer.text
    assert [one.amount_fen for one in file_of(widow).spendings] == [100_000]


@pytest.mark.parametrize("what", ["incomes", "dwelling", "spendings", "circumstances"])
def test_a_fact_without_source_or_with_a_day_to_come_is_not_kept(
    officer: Client, widow: Household, what: str
) -> None:
    before = file_of(widow)
    tomorrow = today() + timedelta(days=1)
    status, page = send(officer, address(widow, what), as_of=str(tomorrow))
    assert status == 422
    assert "有误：" in page
    assert 'href="#id_source"' in page
    assert "这一天还没有到" in page
    assert "data-error-summary" in page
    assert file_of(widow) == before


@pytest.mark.parametrize("typed", ["很多", "-5", "1.234"])
def test_an_amount_that_cannot_be_read_is_told_and_kept_on_the_page(
    officer: Client, widow: Household, typed: str
) -> None:
    where = address(widow, "spendings")
    status, page = send(officer, where, source="declared", spent_other=typed)
    assert status == 422
    assert f'value="{typed}"' in page


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_nobody_changes_a_household_of_another_area_or_without_the_right(
    families: list[Household], log_in: LogIn, what: str
) -> None:
    widow = families[0]
    person = widow.head_id if CHANGES[what].of_person else None
    where = address(widow, what, person)
    stranger = log_in("county_planner", ELSEWHERE)
    assert stranger.get(where).status_code == 404
    assert stranger.post(where).status_code == 404
    reader = log_in("county_approver", COUNTY)
    assert reader.post(where).status_code == 403
    assert Client().post(where).status_code == 302


def test_a_change_of_somebody_else_s_member_does_not_exist(
    officer: Client, families: list[Household]
) -> None:
    elsewhere = families[1].head_id
    assert officer.get(address(families[0], "facts", elsewhere)).status_code == 404
    assert officer.get(address(families[0], "facts")).status_code == 404
    assert officer.get(address(families[0], "love")).status_code == 404


def test_a_refused_change_leaves_nothing_behind(
    officer: Client, widow: Household, log_in: LogIn
) -> None:
    with acting(system("3701")):
        other = HouseholdFactory(couple_with_child=True, area_code=widow.area_id)
    number = identity(date(1990, 1, 1))
    typed = {"how": "moved_in", "name": "钱多多", "relation": "sibling", "number": number,
             "occupation": "flexible", "marital": "single", "source": "declared"}  # fmt: skip
    status, _ = send(officer, f"/households/{other.pk}/change/member/", **typed)
    assert status == 302
    before = file_of(widow)
    status, page = send(officer, address(widow, "member"), **typed)
    assert status == 422
    assert "已登记在" in page
    assert file_of(widow) == before


@pytest.mark.parametrize("what", CHANGES)
def test_no_field_takes_more_than_its_column(what: str) -> None:
    fields = CHANGES[what].base_fields
    too_long = {
        name: field.max_length
        for name, field in fields.items()
        if name in LONGEST
        and isinstance(field, CharField)
        and not 0 < (field.max_length or 0) <= LONGEST[name][1]
    }
    assert too_long == {}
