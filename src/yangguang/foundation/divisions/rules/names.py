"""Names of villages as people write them: spaces, full width and endings do not count."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ENDINGS: Final = re.compile(
    r"(村村民委员会|村民委员会|社区居民委员会|居民委员会|村村民委会|村民委会"
    r"|村村委会|村委会|社区居委会|居委会|社区|村)$"
)


def same_name(text: str) -> str:
    """Give a name without spaces and in half width, for comparison."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def short_name(text: str) -> str:
    """Give a village's name without its ending: 大涧沟村民委员会, 大涧沟村 and 大涧沟 are one."""
    name = same_name(text)
    return _ENDINGS.sub("", name) or name
