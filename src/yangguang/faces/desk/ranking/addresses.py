"""Addresses of the ranking: which area, narrowed to what, from which family on."""

from urllib.parse import urlencode

from django.urls import reverse


def ranking_address(**given: str) -> str:
    """Give the address of a list, by area, type, band, flag, after, before; empty ones left out."""
    query = urlencode({name: str(value) for name, value in given.items() if value})
    return f"{reverse('desk:ranking')}?{query}" if query else reverse("desk:ranking")
