"""A roster over HTTP: every fault is told, the clean are taken, the same again changes nothing."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.faces.desk.conftest import LogIn
from tests.families.registry.roster.sheets import AREA, book, person
from yangguang.aid.index.queries import page
from yangguang.foundation.walls.context import acting, system

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    """Keep what is uploaded in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def planner(log_in: LogIn) -> Client:
    """Log in where rosters are taken."""
    return log_in("county_planner", AREA)


def upload(client: Client, data: bytes) -> HttpResponse:
    """Send a file and follow to its check."""
    file = SimpleUploadedFile("名册.xlsx", data)
    return client.post("/roster/", {"area_code": AREA, "file": file}, follow=True)  # type: ignore[return-value]


def address(answer: HttpResponse) -> str:
    """Give where the check stands."""
    return answer.request["PATH_INFO"]  # type: ignore[attr-defined]


@pytest.mark.requirement(6)
def test_a_clean_roster_is_taken_and_the_same_again_changes_nothing(planner: Client) -> None:
    data = book([person(1), person(2)])
    checked = upload(planner, data)
    assert "可以导入" in checked.text
    taken = planner.post(address(checked) + "take/", follow=True)
    assert "新增 2 户" in taken.text
    with acting(system("3701")):
        assert len(page("370112").rows) == 2
    again = upload(planner, data)
    assert "登记与名册一致" in again.text


def test_each_faulty_row_is_told_with_its_column_and_the_clean_may_be_taken(
    planner: Client,
) -> None:
    rows = [person(1), person(2, 身份证号="370102196003050000"), person(3, 村="没有这个村")]
    checked = upload(planner, book(rows))
    assert "有错误" in checked.text
    for row in ("3", "4"):
        assert f'data-label="行">{row}</td>' in checked.text
    assert "370102196003050000" not in checked.text
    refused = planner.post(address(checked) + "take/")
    assert refused.status_code == 409
    assert "未导入" in refused.text
    taken = planner.post(address(checked) + "take/", {"take": "clean"}, follow=True)
    assert "新增 1 户" in taken.text
    sheet = planner.get(address(checked) + "returned/")
    assert sheet.content.startswith(b"PK")


def test_a_file_that_is_no_roster_is_refused_in_words(planner: Client) -> None:
    answer = upload(planner, b"%PDF-1.7 nothing")
    assert answer.status_code == 422
    assert "这份文件读不了" in answer.text


def test_an_uploaded_file_is_its_uploader_s_alone(planner: Client, log_in: LogIn) -> None:
    place = address(upload(planner, book([person(1)])))
    assert log_in("county_planner", "370102000000").get(place).status_code == 404
    colleague = log_in("township_reviewer", "370112001000")
    assert colleague.get(place).status_code == 404


def test_an_approver_may_not_bring_in_a_roster(log_in: LogIn) -> None:
    assert log_in("county_approver", AREA).get("/roster/").status_code == 403


def test_the_template_is_a_workbook(planner: Client) -> None:
    assert planner.get("/roster/template/").content.startswith(b"PK")
