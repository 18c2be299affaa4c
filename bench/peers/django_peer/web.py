"""How requests are read, who sends them, and how answers and refusals are written."""

from datetime import UTC, datetime
from typing import Any

import orjson
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from common import problems
from common.ids import token_digest
from common.rules import Finding
from common.settings import SESSION_COOKIE

from .models import Session


class SessionAuthentication(BaseAuthentication):
    """Who the session cookie stands for."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        token = request.COOKIES.get(SESSION_COOKIE)
        if not token:
            return None
        session = Session.objects.select_related("person").filter(
            token_digest=token_digest(token), ended_at=None, expires_at__gt=datetime.now(UTC)).first()
        return (session.person, None) if session else None

    def authenticate_header(self, request: Request) -> str:
        return "Cookie"


IsSignedIn = IsAuthenticated


class IsReviewer(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return request.user.is_reviewer


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return orjson.dumps(data)


class JSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            body = orjson.loads(stream.read())
        except orjson.JSONDecodeError:
            raise problems.bad_body() from None
        if not isinstance(body, dict):
            raise problems.bad_body()
        return body


class MergePatchParser(JSONParser):
    media_type = "application/merge-patch+json"


def refuse(error: Exception, context: dict[str, Any]) -> Response | None:
    """Every refusal as a problem document."""
    match error:
        case problems.Problem():
            problem = error
        case exceptions.NotAuthenticated():
            problem = problems.not_signed_in()
        case exceptions.PermissionDenied():
            problem = problems.role_missing()
        case exceptions.ValidationError():
            problem = problems.decision_refused([
                Finding(f"/{name}", "field.choice", str(messages)) for name, messages in error.detail.items()])
        case exceptions.APIException():
            problem = problems.Problem(error.status_code, "bad_request", "请求不正确")
        case _:
            return None
    return Response(problem.document, problem.status, content_type="application/problem+json")
