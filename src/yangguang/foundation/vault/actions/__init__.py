"""Turning keys, making a back-up, restoring one."""
