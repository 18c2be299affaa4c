"""Django's settings."""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

from common import settings

SECRET_KEY = settings.master_key().hex()
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
USE_TZ = True
USE_I18N = False
INSTALLED_APPS = ["django_peer"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "django_peer.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
#: A refusal is no fault of the server: only those are logged.
LOGGING = {"version": 1, "disable_existing_loggers": False, "loggers": {"django.request": {"level": "ERROR"}}}

if settings.is_sqlite():
    DATABASES: dict[str, Any] = {"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": settings.sqlite_path(), "CONN_MAX_AGE": None,
        "OPTIONS": {
            # SQLite has one writer: a transaction takes its turn when it begins, and never fails half-way.
            "transaction_mode": "IMMEDIATE", "timeout": settings.SQLITE_TIMEOUT,
            "init_command": "; ".join(settings.SQLITE_PRAGMAS),
        },
    }}
else:
    server = conninfo_to_dict(settings.database_url())
    DATABASES = {"default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": server["dbname"], "USER": server.get("user", ""),
        "PASSWORD": server.get("password", ""), "HOST": server.get("host", ""), "PORT": server.get("port", ""),
        # Connections are kept by the threads of the server; statements are prepared when they come again.
        "CONN_MAX_AGE": None, "OPTIONS": {"server_side_binding": True, "prepare_threshold": 2},
    }}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["django_peer.web.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["django_peer.web.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["django_peer.web.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["django_peer.web.IsSignedIn"],
    "EXCEPTION_HANDLER": "django_peer.web.refuse",
    "UNAUTHENTICATED_USER": None,
}
