"""Laws are tried without a stopwatch: how fast this machine is proves nothing."""

from hypothesis import settings

settings.register_profile("kernel", deadline=None)
settings.load_profile("kernel")
