"""Known answers: AES-256-GCM by McGrew and Viega's case 16, SM4-GCM by RFC 8998, appendix A.2."""

import pytest
from cryptography.exceptions import InvalidTag

from yangguang.foundation.walls.ciphers import AES, ALGORITHMS, SM4

ANSWERS = {
    AES: {
        "key": "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "nonce": "cafebabefacedbaddecaf888",
        "text": "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "aad": "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "sealed": "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b",
    },
    SM4: {
        "key": "0123456789abcdeffedcba9876543210",
        "nonce": "00001234567800000000abcd",
        "text": "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        "aad": "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "sealed": "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec",
    },
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_cipher_gives_the_answer_that_is_known(name: str) -> None:
    given = {key: bytes.fromhex(text) for key, text in ANSWERS[name].items()}
    cipher = ALGORITHMS[name].make(given["key"])
    assert cipher.encrypt(given["nonce"], given["text"], given["aad"]) == given["sealed"]
    assert cipher.decrypt(given["nonce"], given["sealed"], given["aad"]) == given["text"]


@pytest.mark.parametrize("name", ANSWERS)
def test_one_flipped_bit_anywhere_does_not_open(name: str) -> None:
    algorithm = ALGORITHMS[name]
    cipher = algorithm.make(bytes(range(algorithm.key_bytes)))
    sealed = cipher.encrypt(bytes(12), b"370112194801010023", b"person.number.1")
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(InvalidTag):
            cipher.decrypt(bytes(12), bytes(altered), b"person.number.1")
