"""The tables, as Django maps them."""

from django.db import models
from django.db.models import Q


class Person(models.Model):
    id = models.CharField(primary_key=True, max_length=26)
    is_reviewer = models.BooleanField()
    wrapped_key = models.BinaryField()

    #: What REST Framework asks of whoever is signed in.
    is_authenticated = True

    class Meta:
        db_table = "persons"


class Session(models.Model):
    token_digest = models.BinaryField(primary_key=True)
    person = models.ForeignKey(Person, models.CASCADE)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sessions"


class Application(models.Model):
    id = models.CharField(primary_key=True, max_length=26)
    person = models.ForeignKey(Person, models.PROTECT)
    pack = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    stage = models.CharField(max_length=20, null=True)
    round = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "applications"


class Draft(models.Model):
    application = models.OneToOneField(Application, models.PROTECT, primary_key=True)
    version = models.IntegerField()
    content = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "drafts"


class Submission(models.Model):
    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    round = models.IntegerField()
    pack = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()
    content = models.BinaryField()
    salts = models.BinaryField()
    commitments = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "submissions"
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="submissions_round")]


class Milestone(models.Model):
    application = models.ForeignKey(Application, models.PROTECT)
    at = models.DateTimeField()
    round = models.IntegerField()
    what = models.CharField(max_length=20)
    stage = models.CharField(max_length=20, null=True)

    class Meta:
        db_table = "milestones"


class Case(models.Model):
    id = models.CharField(primary_key=True, max_length=26)
    application = models.ForeignKey(Application, models.PROTECT, db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False, related_name="cases")
    round = models.IntegerField()
    pack = models.CharField(max_length=64)
    company = models.CharField(max_length=200)
    categories = models.JSONField()
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=20, default="waiting")
    reviewer = models.ForeignKey(Person, models.PROTECT, null=True, db_index=False, related_name="reviews")
    active_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        db_table = "cases"
        indexes = [models.Index(fields=["state", "submitted_at", "id"], name="cases_queue")]
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="cases_of_application")]


class Act(models.Model):
    case = models.ForeignKey(Case, models.PROTECT)
    act = models.CharField(max_length=20)
    reviewer_id = models.CharField(max_length=26, null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "acts"


class Decision(models.Model):
    case = models.OneToOneField(Case, models.PROTECT, primary_key=True)
    verdict = models.CharField(max_length=20)
    reviewer_id = models.CharField(max_length=26)
    decided_at = models.DateTimeField()
    content = models.BinaryField()
    salts = models.BinaryField()
    commitments = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "decisions"


class Shop(models.Model):
    id = models.CharField(primary_key=True, max_length=26)
    application = models.OneToOneField(Application, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, db_index=False)
    name = models.CharField(max_length=60)
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "shops"


class Event(models.Model):
    """The outbox: told if, and only if, the transaction that wrote it commits."""

    name = models.CharField(max_length=60)
    payload = models.JSONField()
    at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "events"
        indexes = [models.Index(fields=["id"], name="events_new", condition=Q(handled_at=None))]


class Answer(models.Model):
    """What a write with an `Idempotency-Key` was answered."""

    scope = models.CharField(max_length=200)
    token = models.CharField(max_length=200)
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        db_table = "answers"
        constraints = [models.UniqueConstraint(fields=["scope", "token"], name="answers_key")]
