"""Django settings: read from the environment, safe by default, one file."""

import os
import secrets
from pathlib import Path

from yangguang.config import database
from yangguang.foundation.kernel.state import state_folder

PACKAGE = Path(__file__).resolve().parent.parent

DEMO = os.environ.get("YANGGUANG_DEMO") == "1"
DEBUG = False


def _secret_key() -> str:
    path = state_folder() / "keys" / "django"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = os.environ.get("YANGGUANG_SECRET_KEY") or _secret_key()
# How many proxies of our own stand in front; what is told before them is not believed.
PROXIES = int(os.environ.get("YANGGUANG_PROXIES", "0"))
ALLOWED_HOSTS = os.environ.get("YANGGUANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "procrastinate.contrib.django",
    "yangguang.foundation.audit.apps.AuditConfig",
    "yangguang.foundation.files.apps.FilesConfig",
    "yangguang.foundation.divisions.apps.DivisionsConfig",
    "yangguang.foundation.accounts.apps.AccountsConfig",
    "yangguang.foundation.catalogue.apps.CatalogueConfig",
    "yangguang.families.registry.apps.RegistryConfig",
    "yangguang.aid.ledger.apps.LedgerConfig",
    "yangguang.aid.index.apps.IndexConfig",
    "yangguang.aid.plans.apps.PlansConfig",
    "yangguang.aid.disbursement.apps.DisbursementConfig",
    "yangguang.faces.look",
    "yangguang.faces.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before the files, which answer by themselves.
    "yangguang.faces.look.headers.headers",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yangguang.faces.desk.uploads.Uploads",
    "yangguang.faces.desk.middleware.Desk",
]

ROOT_URLCONF = "yangguang.config.urls"
WSGI_APPLICATION = "yangguang.config.wsgi.application"

_CONTEXT = [
    "django.template.context_processors.request",
    "django.template.context_processors.csp",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            PACKAGE / "faces" / "look" / "templates",
            PACKAGE / "faces" / "desk" / "templates",
        ],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "yangguang.faces.desk.environment.environment",
            "context_processors": _CONTEXT,
        },
    },
]

_POOL = {"min_size": 1, "max_size": int(os.environ.get("YANGGUANG_POOL", "6")), "timeout": 5}
_BASE = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 0}
DATABASES = {
    # The role that serves owns nothing; the owner migrates and never serves.
    # Only statements that ask for it are prepared: the ranking's, which plan longer than they run,
    # and need no second plan for other values.
    "default": {
        **_BASE,
        **database.app_address().settings(),
        "OPTIONS": {
            "pool": _POOL,
            "prepare_threshold": 5,
            "options": "-c plan_cache_mode=force_generic_plan",
        },
    },
    "owner": {**_BASE, **database.owner_address().settings()},
    # Reads everything, for back-ups alone.
    "keeper": {**_BASE, **database.keeper_address().settings()},
}
DATABASE_IS_EMBEDDED = database.is_embedded()
DATABASE_ROUTERS = ["yangguang.config.router.OwnerMigrates"]

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["yangguang.foundation.accounts.backend.PostBackend"]
LOGIN_URL = "desk:login"
CSRF_FAILURE_VIEW = "yangguang.faces.desk.trouble.forbidden"
# Memory-hard, and in the standard library.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}NumericPasswordValidator"},
]
# The desk ends a session earlier: idle for fifteen minutes, or eight hours after the log-in.
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = not DEMO and os.environ.get("YANGGUANG_HTTPS", "1") == "1"
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if SESSION_COOKIE_SECURE:
    # A browser takes these from this very host by HTTPS alone, for the whole site.
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
# What a page says after an act may name a family: it stays here, and no cookie carries it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

if PROXIES:
    # The proxy ends TLS, and overwrites this header whatever a reader sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Told over HTTPS alone: for two years a browser asks for this host by nothing else.
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if SESSION_COOKIE_SECURE else 0

SECURE_CONTENT_TYPE_NOSNIFF = True
if SESSION_COOKIE_SECURE:
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
if PROXIES:
    # Our own proxy ends the encryption and says so; without one nobody is believed.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Not "no-referrer": browsers then send "Origin: null" with a form, which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "frame-ancestors": ["'none'"],
    "form-action": ["'self'"],
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = state_folder() / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = state_folder() / "files"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redacting": {"()": "yangguang.foundation.kernel.redacting.Redacting"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["redacting"]}},
    # Django's own handlers would pass by the filter, and one of them mails a failure's variables.
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
