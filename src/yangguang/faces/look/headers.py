"""What every answer says to the browser beyond Django's own headers, errors and files included."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import HttpRequest, HttpResponseBase

_OFF = ("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb")  # fmt: skip

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _OFF),
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)


def headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Add the headers to every answer; one that does not say how long it may be kept may not be.

    The camera is off for scripts: a clerk's photograph comes through a file field, which asks
    nobody.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    return middleware
