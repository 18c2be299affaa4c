"""Which address is answered by what."""

from django.urls import path

from . import views

urlpatterns = [
    path("api/applications/<str:application>", views.Standing.as_view()),
    path("api/applications/<str:application>/requirements", views.Requirements.as_view()),
    path("api/applications/<str:application>/draft", views.DraftOf.as_view()),
    path("api/applications/<str:application>/submissions", views.Submissions.as_view()),
    path("api/cases", views.Cases.as_view()),
    path("api/cases/<str:case>/decisions", views.Decisions.as_view()),
]
