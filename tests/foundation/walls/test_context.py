import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from yangguang.foundation.walls.context import SCOPE, Actor, acting, enter, system
from yangguang.foundation.walls.sealing import blind, seal, unseal


def scope() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [SCOPE])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_context_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        enter(system("37"))


@pytest.mark.django_db(transaction=True)
def test_a_context_ends_with_its_transaction():
    with acting(system("3701")):
        assert scope() == "3701"
    assert scope() == ""


def test_an_actor_covers_what_begins_with_the_scope():
    clerk = Actor(id=1, name="张三", role="village_clerk", scope="370112011")
    assert clerk.covers("370112011201")
    assert not clerk.covers("370112012201")
    assert not system("").covers("370112011201")


def test_what_is_sealed_for_one_place_opens_in_no_other():
    sealed = seal("370112194801010023", place="person.number.1")
    assert b"3701" not in sealed
    assert unseal(sealed, place="person.number.1") == "370112194801010023"
    with pytest.raises(InvalidTag):
        unseal(sealed, place="person.number.2")


def test_equal_texts_seal_differently_and_blind_alike():
    assert seal("1", place="a") != seal("1", place="a")
    assert blind("1") == blind("1") != blind("2")
    assert seal("", place="a") == blind("") == b""
