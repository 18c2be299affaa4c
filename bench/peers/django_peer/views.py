"""The five routes."""

from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common import documents, problems
from common.frozen import canonical, freeze
from common.merge import merged

from . import services
from .form import Check
from .web import IsReviewer, IsSignedIn, JSONParser, MergePatchParser


def requirements_of(one: services.OpenApplication, now: datetime) -> dict[str, Any]:
    state = one.application.state
    check = Check(one.values) if state in documents.WITH_APPLICANT else None
    return documents.requirements(state, one.draft.saved_at, one.values, check, now)


class Standing(APIView):
    def get(self, request: Request, application: str) -> Response:
        one = services.open_application(application, request.user)
        return Response(requirements_of(one, datetime.now(UTC)) | documents.standing(one.application))


class Requirements(APIView):
    def get(self, request: Request, application: str) -> Response:
        return Response(requirements_of(services.open_application(application, request.user), datetime.now(UTC)))


class DraftOf(APIView):
    parser_classes = [MergePatchParser, JSONParser]

    def patch(self, request: Request, application: str) -> Response:
        now = datetime.now(UTC)
        for _ in range(5):
            one = services.open_application(application, request.user)
            if one.application.state not in documents.WITH_APPLICANT:
                raise problems.locked()
            values = merged(one.values, request.data)
            check = Check(values)
            if check.unknown:
                raise problems.draft_refused(check.unknown)
            content = one.key.seal(canonical(values), services.draft_place(application))
            if services.save_draft(one, content, now):
                due = documents.requirements(one.application.state, now, values, check, now)
                return Response(due | {"version": one.draft.version + 1, "saved_at": documents.moment(now)})
        raise problems.busy()


class Submissions(APIView):
    def post(self, request: Request, application: str) -> Response:
        now, idempotency = datetime.now(UTC), documents.idempotency_key(request.headers.get("Idempotency-Key"))
        one = services.open_application(application, request.user)
        scope = documents.submission_scope(one.application)
        if first := services.remembered(scope, idempotency):
            return Response(first, 201)
        if request.data.get("truth") is not True:
            raise problems.truth_missing()
        if one.application.state not in documents.WITH_APPLICANT:
            raise problems.already_submitted()
        values = merged(one.values, request.data.get("values") or {})
        check = Check(values)
        if not check.is_complete:
            raise problems.incomplete(check.due, check.findings + check.unknown)
        round = one.application.round + 1
        content = one.key.seal(canonical(values), services.draft_place(application))
        fact = freeze(documents.submission(one.application, values, now), one.key, f"submissions|{application}/{round}")
        said = {"id": application, "round": round}
        return Response(services.submit(one, content, fact, scope, idempotency, said, now), 201)


class Cases(APIView):
    permission_classes = [IsSignedIn, IsReviewer]

    def get(self, request: Request) -> Response:
        if request.query_params.get("tab", "waiting") != "waiting":
            raise problems.Problem(400, "bad_request", "请求不正确")
        return Response(documents.queue(services.queue(request.query_params.get("after"))))


class Asked(serializers.Serializer):
    """A reviewer's decision as it is sent."""

    verdict = serializers.ChoiceField(["approve", "request_changes", "reject"])
    reason = serializers.ChoiceField(
        ["subject.mismatch", "licence.unclear", "licence.forged_suspected", "category.not_covered", "prohibited",
         "other"], required=False)
    note = serializers.CharField(max_length=500, required=False)
    comments = serializers.DictField(child=serializers.CharField(max_length=200), required=False)


class Decisions(APIView):
    permission_classes = [IsSignedIn, IsReviewer]

    def post(self, request: Request, case: str) -> Response:
        now, idempotency = datetime.now(UTC), documents.idempotency_key(request.headers.get("Idempotency-Key"))
        asked = Asked(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        scope = f"{request.user.id}|decide/{case}"
        if first := services.remembered(scope, idempotency):
            return Response(first, 201)
        one = services.open_case(case, request.user)
        documents.check_decision(said)
        if said.get("comments"):
            documents.check_comments(said, one.submitted_values())
        words = documents.decision(one.case, request.user.id, said, one.submission.digest, now)
        fact = freeze(words, one.owner, f"decisions|{case}")
        result = {"id": case, "verdict": words["verdict"]}
        return Response(
            services.decide(one, request.user, fact, said["verdict"], scope, idempotency, result, now), 201)
