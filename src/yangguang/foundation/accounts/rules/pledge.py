"""The pledge of secrecy (保密承诺书) that everybody signs before seeing anything.

Source: 个人信息保护法 arts. 10 and 51, 社会救助暂行办法 art. 61. The wording is 示例 until the
city's own is signed; a changed wording has another digest, and everybody signs again.
"""

import hashlib
from typing import Final

VERSION: Final = "2026-11-示例"

ARTICLES: Final = (
    "我只为办理职责范围内的社会救助工作查看和使用困难群众的个人信息，不为私事查看。",
    "我不向任何无关的人透露困难群众的身份、疾病、收入、银行卡等信息，不拍照、不截屏外传。",
    "我不把账号、口令、动态码借给他人使用，离开座位时退出登录。",
    "我知道每次查看和办理都会留痕，并接受审计和监督。",
    "发现信息泄露或可能泄露，我立即向本单位安全管理员报告。",
    "离岗后我继续保守秘密；违反承诺的，愿意承担相应责任。",
)


def digest() -> bytes:
    """Give the SHA-256 of version and articles: what a signature stands for."""
    return hashlib.sha256("\n".join((VERSION, *ARTICLES)).encode()).digest()
