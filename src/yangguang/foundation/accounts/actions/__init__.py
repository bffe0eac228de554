"""The verbs of people and rights."""

from yangguang.foundation.accounts.actions.appointing import appoint
from yangguang.foundation.accounts.actions.ending import end_post
from yangguang.foundation.accounts.actions.founding import found_post, invite_again
from yangguang.foundation.accounts.actions.inviting import (
    accept_invitation,
    begin_authenticator,
    change_password,
    confirm_authenticator,
    give_demo_authenticator,
    invite,
    sign_pledge,
)
from yangguang.foundation.accounts.actions.proposing import decline, delegate, grant, propose_post
from yangguang.foundation.accounts.actions.sessions import (
    close_session,
    end_sessions,
    expire_session,
    open_session,
)
from yangguang.foundation.accounts.actions.trying import confirm_factor, try_log_in

__all__ = [
    "accept_invitation",
    "appoint",
    "begin_authenticator",
    "change_password",
    "close_session",
    "confirm_authenticator",
    "confirm_factor",
    "decline",
    "delegate",
    "end_post",
    "end_sessions",
    "expire_session",
    "found_post",
    "give_demo_authenticator",
    "grant",
    "invite",
    "invite_again",
    "open_session",
    "propose_post",
    "sign_pledge",
    "try_log_in",
]
