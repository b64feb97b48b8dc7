"""Settings, from the environment only; see .env.example for every variable.

Safe by default: without DEMO or DEBUG the program starts only with a secret, host names and a database of its own.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from idm import devdb

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
INSECURE_SECRET = "insecure: for tests and for development on one machine only"  # noqa: S105 - refused in production


def flag(name: str, default: str = "0") -> bool:
    """Whether an environment variable says yes."""
    said = (os.environ.get(name) or default).strip().lower()
    if said not in {"", "0", "1", "no", "yes", "false", "true", "off", "on"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {said!r}.")
    return said in {"1", "yes", "true", "on"}


def whole(name: str, default: int) -> int:
    """The whole number that an environment variable says."""
    said = os.environ.get(name) or str(default)
    if not said.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {said!r}.")
    return int(said)


def words(name: str) -> list[str]:
    """The words of an environment variable, separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


DEBUG = flag("DEBUG")  # Django's pages for developers
DEMO = flag("DEMO")  # what `make run` sets: this machine only, plain http, demo accounts
LOCAL = DEBUG or DEMO
SECRET_KEY = os.environ.get("SECRET_KEY") or (INSECURE_SECRET if LOCAL else "")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS") or (LOCAL_HOSTS if LOCAL else [])
DATABASE_URL = os.environ.get("DATABASE_URL") or (devdb.url() if LOCAL else "")


def refuse(*, when: bool, because: str) -> None:
    if when:
        raise ImproperlyConfigured(because)


refuse(
    when=LOCAL and not set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS),
    because="DEBUG and DEMO are for this machine alone: unset them, or leave ALLOWED_HOSTS to localhost.",
)
refuse(
    when=not LOCAL and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or "insecure" in SECRET_KEY),
    because="SECRET_KEY must be set to at least 50 random characters (or set DEMO=1 on your own machine).",
)
refuse(
    when=not LOCAL and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS),
    because="ALLOWED_HOSTS must name the hosts that are served, separated by commas.",
)
refuse(  # what stands there may hold a password: it is not shown
    when=not DATABASE_URL.startswith(("postgresql://", "postgres://")),
    because="DATABASE_URL must be set to a PostgreSQL database, for example postgresql://user:password@host/name.",
)

INSTALLED_APPS = [
    "idm.accounts",
    "reports",
    "partners",
    "sdg_targets",
    "idm.administration.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "idm.staticfiles.CollectedFilesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
]
AUTH_USER_MODEL = "accounts.User"

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # first: a redirect to https and a refused host are answered under the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "sdg_targets.web.crossorigin.ReadableFromAnywhere",
    "sdg_targets.web.addresses.NoNullCharacters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "idm.accounts.middleware.WatchedSessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "idm.urls"
WSGI_APPLICATION = "idm.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Threads x workers connections at most: persistent ones stay far below PostgreSQL's limit.
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
if test_database := os.environ.get("TEST_DATABASE"):
    DATABASES["default"]["TEST"] = {"NAME": test_database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Refused sign-ins are counted here: in the database, so that all processes count together. The table comes by migration.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Sign-in
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "idm.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever has an account was invited by e-mail, or entered by an administrator
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds; what changes how one signs in asks again after that
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to people who have no account
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_FORMS = {
    "login": "idm.accounts.forms.SignInForm",
    "reauthenticate": "idm.accounts.forms.PasswordAgainForm",
    "reset_password": "idm.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "idm.accounts.forms.NewPasswordForm",
    "change_password": "idm.accounts.forms.ChangePasswordForm",
}
# Ten refused sign-ins in a minute from one address, or five in fifteen minutes for one name, known or not.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
# Whose address it is stands last in X-Forwarded-For, where a proxy in front writes it (deploy/nginx/idm.conf).
ALLAUTH_TRUSTED_PROXY_COUNT = int(flag("BEHIND_PROXY"))
MFA_ADAPTER = "idm.accounts.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Migration in the SDGs"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL  # http://localhost
MFA_FORMS = {
    "authenticate": "idm.accounts.forms.CodeForm",
    "reauthenticate": "idm.accounts.forms.CodeAgainForm",
    "activate_totp": "idm.accounts.forms.ActivateAppForm",
    "add_webauthn": "idm.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "idm.accounts.forms.RenamePasskeyForm",
}
#: Accounts with an address at this host need no second factor, whatever their role: those of the demonstration.
SECOND_FACTOR_EXEMPT_HOST = "example.org" if DEMO else ""

# Sign-in with the organisation's own accounts (OpenID Connect), where one is named.
OIDC_SERVER = os.environ.get("OIDC_SERVER", "")
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("OIDC_NAME") or "OpenID Connect"
refuse(
    when=bool(OIDC_SERVER) != bool(OIDC_CLIENT_ID),
    because="OIDC_SERVER and OIDC_CLIENT_ID go together: set both, or neither.",
)
refuse(
    when=bool(OIDC_SERVER) and not LOCAL and not OIDC_SERVER.startswith("https://"),
    because="OIDC_SERVER must begin with https://.",
)
SOCIALACCOUNT_ADAPTER = "idm.accounts.adapters.OrganisationAccounts"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host would break the policy (form-action 'self')
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}

# Languages: English addresses have no prefix, the others /fr/ and /es/; APIs stand outside.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["idm.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or BASE_DIR / "var/static")
# The second is written by `manage.py build_vega` at set-up, from a wheel: the charts' script.
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "var/generated"]
CHART_CACHE = Path(os.environ.get("CHART_CACHE") or BASE_DIR / "var/charts")
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or BASE_DIR / "var/media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "idm.staticfiles.HashedFilesStorage"},
}
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "png", "jpg", "webp", "woff2", "gz", "br", "zip")
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_USE_FINDERS = DEBUG

# Publishers' files that were uploaded and wait to be checked and applied: outside everything that is served.
UPLOADS = Path(os.environ.get("UPLOADS") or BASE_DIR / "var/uploads")
UPLOAD_LIMIT = whole("UPLOAD_LIMIT_MB", 200) * 1024**2
EVIDENCE_LIMIT = whole("EVIDENCE_LIMIT_MB", 20) * 1024**2  # of one file that stands behind a value
EVIDENCE_TOTAL = whole("EVIDENCE_TOTAL_MB", 200) * 1024**2  # of all files of one submission
# The same of a country's filled template.
TEMPLATE_LIMIT = whole("TEMPLATE_LIMIT_MB", 16) * 1024**2
FILE_UPLOAD_HANDLERS = ["sdg_targets.web.uploads.CountedUpload"]
# Where the database's files are, when that is this machine: what is free there is looked at before an import.
DATABASE_FOLDER = devdb.cluster_of(devdb.CHECKOUT).data if devdb.url() == DATABASE_URL else None

# The publishers' own files, for `make curate` and for tests of real data.
SDG_SHARED = Path(os.environ.get("SDG_SHARED") or BASE_DIR.parent / "shared")

# Security: nothing from elsewhere, nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = not LOCAL and flag("SECURE_SSL_REDIRECT", "1")
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
if flag("BEHIND_PROXY"):  # only when a proxy in front sets this header itself
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# API
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "idm.accounts.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["sdg_targets.permissions.MayRead"],
    "EXCEPTION_HANDLER": "sdg_targets.web.problems.handle",
    "URL_FORMAT_OVERRIDE": "format",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Migration and the SDGs",
    "DESCRIPTION": "Goals, targets, indicators, areas, observations, sources and partners, as the pages show them.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]+",
    "SCHEMA_PATH_PREFIX_TRIM": False,
    "SORT_OPERATIONS": False,
    "ENUM_NAME_OVERRIDES": {"SubmissionStateEnum": "sdg_targets.domain.workflow.State"},
}

# What links in mails begin with: the address by which people know this server.
SITE_ADDRESS = (
    os.environ.get("SITE_ADDRESS")
    or (f"http://localhost:{whole('PORT', 8000)}" if LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
).rstrip("/")

# Mail: a server by EMAIL_HOST, else the console.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = whole("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL") or "no-reply@localhost"

LOG_LEVEL = os.environ.get("LOG_LEVEL") or "WARNING"
refuse(
    when=LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"},
    because=f"LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not {LOG_LEVEL!r}.",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
