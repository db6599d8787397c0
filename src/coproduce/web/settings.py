"""Everything a deployment may choose, read from the environment; the defaults work at once."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from coproduce.web import csp
from coproduce.web.home import find_home, keep_secret_key

PACKAGE = Path(__file__).resolve().parent
HOME = (
    find_home()
)  # database, keys, uploads: all that a backup must carry, and the keys it must not


def is_on(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


DEBUG = is_on("COPRODUCE_DEBUG")
DEMO = is_on("COPRODUCE_DEMO")
SECRET_KEY = os.environ.get("COPRODUCE_SECRET_KEY") or keep_secret_key(HOME)

# The address people type and scan; everything that leaves the house on paper carries it.
BASE_URL = os.environ.get("COPRODUCE_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = BASE_URL.startswith("https://")
HOSTS = {urlsplit(BASE_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost"}
ALLOWED_HOSTS = sorted(HOSTS | set(filter(None, os.environ.get("COPRODUCE_HOSTS", "").split(","))))
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "coproduce.trust",
    "coproduce.search",
    "coproduce.people",
    "coproduce.pictures",
    "coproduce.gatherings",
    "coproduce.conversations",
    "coproduce.projects",
    "coproduce.measures",
    "coproduce.reports",
    "coproduce.web",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.redirects",
    "coproduce.web.admin_apps.UsersConfig",  # wagtail.users, with our forms
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail.embeds",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coproduce.web.middleware.ContentPolicy",
    "coproduce.web.middleware.Permissions",
    "coproduce.web.middleware.AdminDoor",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "coproduce.web.urls"
WSGI_APPLICATION = "coproduce.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coproduce.web.context.site",
            ],
        },
    },
]

# Durability: with NORMAL a power cut lost acknowledged votes, with FULL none did; DEFERRED
# transactions failed a third of concurrent read-then-write requests (docs/decisions/0002).
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA secure_delete=ON;PRAGMA foreign_keys=ON;"
    ),
}
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{HOME / 'coproduce.sqlite3'}", conn_max_age=None
    )
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    DATABASES["default"]["OPTIONS"] = dict(SQLITE)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One process owns the cache on SQLite; several may share a PostgreSQL, so they count there.
# Room for everybody in a few full halls: beyond it counts are dropped, and with them the limits.
CACHES = {
    "default": {
        "OPTIONS": {"MAX_ENTRIES": 20_000},
        **(
            {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
            if IS_SQLITE
            else {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "coproduce_cache",
            }
        ),
    },
    # Wagtail would remember renditions of pictures that are gone, or never came to be.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

KEY_FOLDER = Path(os.environ.get("COPRODUCE_KEYS", HOME / "keys"))  # never inside a backup
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# People sign in with a code sent to them; nobody keeps a password here.
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address each
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_ADAPTER = "coproduce.web.accounts.PasswordlessAccounts"
ACCOUNT_FORMS = {
    "request_login_code": "coproduce.web.account_forms.AskForCode",
    "signup": "coproduce.web.account_forms.Join",
    "confirm_login_code": "coproduce.web.account_forms.TypeCode",
    "confirm_email_verification_code": "coproduce.web.account_forms.TypeCodeForAddress",
    "add_email": "coproduce.web.account_forms.NewAddress",
}
# A hall shares one address and signs in within a minute; guessing is limited per person.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "signup": "600/m/ip",
    "request_login_code": "600/m/ip,3/m/key",
    "login_failed": "600/m/ip,5/300s/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if IS_HTTPS else 0  # https comes in through a proxy of ours
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "English Co-Production Network"
MFA_FORMS = {
    "activate_totp": "coproduce.web.account_forms.PairApp",
    "authenticate": "coproduce.web.account_forms.SecondFactor",
    "reauthenticate": "coproduce.web.account_forms.SecondFactorAgain",
}
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_FILE_PATH = HOME / "mail"  # used in the demo only
if DEMO:
    EMAIL_BACKEND = "coproduce.web.demo_mail.FolderAndTerminal"
elif not os.environ.get("COPRODUCE_EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
EMAIL_HOST = os.environ.get("COPRODUCE_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("COPRODUCE_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("COPRODUCE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("COPRODUCE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = is_on("COPRODUCE_EMAIL_TLS")
# Text messages: a function of (number, words), by its dotted path (people/texting.py).
SMS_SERVICE = os.environ.get(
    "COPRODUCE_SMS", f"coproduce.people.texting.{'into_a_folder' if DEMO else 'not_set_up'}"
)
SMS_FOLDER = HOME / "texts"  # used in the demo only
SMS_URL = os.environ.get("COPRODUCE_SMS_URL", "")
SMS_TOKEN = os.environ.get("COPRODUCE_SMS_TOKEN", "")
DEFAULT_FROM_EMAIL = os.environ.get("COPRODUCE_EMAIL_FROM", "network@localhost")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = csp.OURS

WAGTAIL_SITE_NAME = "English Co-Production Network"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]  # no SVG, no HEIC
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000  # all frames together, counted before unpacking
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Photo"
WAGTAILIMAGES_IMAGE_FORM_BASE = "coproduce.pictures.admin_forms.PictureForm"
WAGTAILIMAGES_USAGE_COUNT_ENABLED = True
WAGTAILDOCS_DOCUMENT_MODEL = "pictures.Paper"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "coproduce.pictures.admin_forms.PaperForm"
WAGTAILDOCS_EXTENSIONS = ["docx", "odt", "pdf", "pptx", "txt", "xlsx"]  # as pictures/office.py
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # nothing is fetched from outside
# Films elsewhere are linked from these hosts alone: "films.example.org,films.example.net".
FILM_HOSTS = list(filter(None, os.environ.get("COPRODUCE_FILM_HOSTS", "").lower().split(",")))
if DEMO:
    FILM_HOSTS.append("films.demo.example")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Wagtail's own ways in are closed: everybody comes through our sign-in and its second factor.
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# No choices, tokens or addresses in the logs: only that something went wrong, and where.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
