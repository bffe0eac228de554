"""A pytest plugin: starts the embedded server before Django reads where it listens."""

import os
from pathlib import Path

from yangguang.config import database

os.environ.setdefault("YANGGUANG_STATE", str(Path.cwd() / ".state"))
os.environ["YANGGUANG_DEMO"] = "1"
database.start_embedded()
