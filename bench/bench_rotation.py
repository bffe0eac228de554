"""Turning the data key over a whole city's identity numbers, against the same rows written bare."""

import os
from datetime import UTC, datetime
from time import perf_counter

from django.db import connections

from bench.measure import Result
from yangguang.foundation.vault.actions.rotation import (
    alone,
    begin_rotation,
    end_rotation,
    reseal_all,
)
from yangguang.foundation.walls.ciphers import AES, SM4
from yangguang.foundation.walls.context import acting, system
from yangguang.foundation.walls.sealing import blind, seal
from yangguang.foundation.walls.staging import staged

TITLE = "密钥轮换"
PERSONS = int(os.environ.get("BENCH_PERSONS", "155388"))
AREA = "370112001001"
OWNER = "owner"
BY = system("37")
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
# A million rows in fifteen minutes, for the city's persons.
LIMIT = 900 * PERSONS / 1_000_000


def prepare() -> None:
    """Give every person a sealed number; keys beyond all others, so that no city is in the way."""
    with acting(BY, using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registry_person WHERE name = '轮换'")
        if cursor.fetchone()[0] >= PERSONS:
            return
        numbers = ((key, f"3799{key:014}") for key in range(10**9, 10**9 + PERSONS))
        rows = (
            (key, seal(text, place=f"person.number.{key}"), blind(text)) for key, text in numbers
        )
        columns = {"id": "bigint", "sealed": "bytea", "blinded": "bytea"}
        with staged("bench_number", columns, rows, using=OWNER) as within:
            within.execute(
                """INSERT INTO registry_person (id, area_code, name, pinyin, initials, number_kind,
                  number_sealed, number_blind, sex, born_date, ethnic)
                SELECT id, %s, '轮换', '', '', 'resident', sealed, blinded, 'female', '1950-01-01',
                  '汉族' FROM bench_number ON CONFLICT DO NOTHING""",
                [AREA],
            )


def rotation() -> list[Result]:
    """Turn the key, once to each cipher; then write the same rows as they are, in one statement."""
    taken = {cipher: _turned(cipher) for cipher in (SM4, AES)}
    bare = _written()
    note = "整张人员表；每事务 2,000 行，边用边换；裸操作为一条 UPDATE 原样重写这些行，不加解密"
    return [
        Result(f"{PERSONS:,} 人的证件号换到新密钥（{cipher}）", seconds, bare, note, limit=LIMIT)
        for cipher, seconds in taken.items()
    ]


def _turned(cipher: str) -> float:
    begun = perf_counter()
    with alone():
        with acting(BY):
            key = begin_rotation(algorithm=cipher, area_code=AREA, by=BY, at=AT)
        rows = sum(rows for _, rows in reseal_all(key))
        with acting(BY):
            end_rotation(key, rows=rows, area_code=AREA, by=BY, at=AT)
    took = perf_counter() - begun
    if rows < PERSONS:
        raise AssertionError(f"only {rows} rows were sealed anew")
    return took


def _written() -> float:
    begun = perf_counter()
    with acting(BY, using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute("UPDATE registry_person SET number_sealed = number_sealed || ''::bytea")
    return perf_counter() - begun


BENCHES = [rotation]
