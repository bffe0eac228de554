"""The look's template environment with what staff pages add: the navigation."""

from typing import Any

from jinja2 import Environment

from yangguang.faces.desk import navigation
from yangguang.faces.look import environment as look


def environment(**options: Any) -> Environment:
    """Make the environment that Django's Jinja2 backend asks for."""
    made = look.environment(**options)
    made.globals.update(
        desk_places=navigation.places, desk_post=navigation.post, desk_may=navigation.may
    )
    return made
