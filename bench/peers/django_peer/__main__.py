"""`python -m django_peer serve|worker|seed`."""

import argparse
import os
import sys

from common import settings
from common.command import main
from common.seeding import Target

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "django_peer.settings")


def serve(chosen: argparse.Namespace) -> None:
    os.execv(sys.executable, [
        sys.executable, "-m", "gunicorn", "django_peer.wsgi", "--bind", f"127.0.0.1:{chosen.port}",
        "--workers", str(chosen.workers), "--worker-class", "gthread", "--threads", str(chosen.threads),
        "--keep-alive", "75", "--log-level", "warning"])


def work() -> None:
    import django

    django.setup()
    from .worker import run

    run()


def seed(count: int) -> list[Target]:
    import django

    django.setup()
    from django.apps import apps
    from django.core.management import call_command
    from django.db import transaction

    from common.sealing import Vault
    from common.seeding import seed

    call_command("migrate", verbosity=0)
    models = {model._meta.db_table: model for model in apps.get_app_config("django_peer").get_models()}
    found: list[Target] = []
    for rows, targets in seed(count, Vault(settings.master_key())):
        with transaction.atomic():
            for name, values in rows.items():
                models[name].objects.bulk_create([models[name](**value) for value in values])
        found += targets
    return found


main("django_peer", serve, work, seed)
