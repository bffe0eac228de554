"""How Django finds the staff member of a session."""

from django.contrib.auth.backends import BaseBackend

from yangguang.foundation.accounts.models import Staff


class PostBackend(BaseBackend):
    """Load active staff; who somebody is at the log-in page is decided by the desk."""

    def get_user(self, user_id: int) -> Staff | None:
        """Give the staff member of a session, unless no longer active."""
        return Staff.objects.filter(pk=user_id, is_active=True).first()
