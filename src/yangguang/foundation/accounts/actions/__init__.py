"""The verbs of people and rights."""

from yangguang.foundation.accounts.actions.appointing import appoint
from yangguang.foundation.accounts.actions.ending import end_post
from yangguang.foundation.accounts.actions.proposing import decline, delegate, grant, propose_post
from yangguang.foundation.accounts.actions.sessions import end_sessions

__all__ = [
    "appoint",
    "decline",
    "delegate",
    "end_post",
    "end_sessions",
    "grant",
    "propose_post",
]
