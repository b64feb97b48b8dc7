"""Addresses of this app's part of the API, below /api/v1/."""

from django.urls import path

from . import catalogue, changes, country_comments, coverage, observations, profiles, questionnaires, rules, submissions

urlpatterns = [
    path("goals/", catalogue.GoalList.as_view(), name="api-goal-list"),
    path("goals/<str:code>/", catalogue.GoalDetail.as_view(), name="api-goal-detail"),
    path("targets/", catalogue.TargetList.as_view(), name="api-target-list"),
    path("targets/<str:code>/", catalogue.TargetDetail.as_view(), name="api-target-detail"),
    path("indicators/", catalogue.IndicatorList.as_view(), name="api-indicator-list"),
    path("indicators/<str:code>/", catalogue.IndicatorDetail.as_view(), name="api-indicator-detail"),
    path("metadata/", catalogue.MetadataList.as_view(), name="api-metadata-list"),
    path("series/", catalogue.SeriesList.as_view(), name="api-series-list"),
    path("series/<str:code>/", catalogue.SeriesDetail.as_view(), name="api-series-detail"),
    path("areas/", catalogue.AreaList.as_view(), name="api-area-list"),
    path("areas/<str:code>/", catalogue.AreaDetail.as_view(), name="api-area-detail"),
    path("areas/<str:code>/profile/", profiles.AreaProfile.as_view(), name="api-area-profile"),
    path("sources/", catalogue.SourceList.as_view(), name="api-source-list"),
    path("sources/<str:code>/", catalogue.SourceDetail.as_view(), name="api-source-detail"),
    path("releases/", catalogue.ReleaseList.as_view(), name="api-release-list"),
    path("changes/", changes.ChangeList.as_view(), name="api-change-list"),
    path("country-comments/", country_comments.CountryCommentList.as_view(), name="api-country-comment-list"),
    path("coverage/", coverage.CoverageList.as_view(), name="api-coverage-list"),
    path("rules/", rules.RuleList.as_view(), name="api-rule-list"),
    path("submissions/", submissions.SubmissionList.as_view(), name="api-submission-list"),
    path("submissions/<int:pk>/", submissions.SubmissionDetail.as_view(), name="api-submission-detail"),
    path("submissions/<int:pk>/cells/", submissions.SubmissionCells.as_view(), name="api-submission-cells"),
    path("submissions/<int:pk>/findings/", submissions.SubmissionFindings.as_view(), name="api-submission-findings"),
    path(
        "submissions/<int:pk>/cells/<int:cell>/versions/",
        submissions.CellVersions.as_view(),
        name="api-submission-cell-versions",
    ),
    path(
        "submissions/<int:pk>/questionnaires/",
        questionnaires.SubmissionQuestionnaires.as_view(),
        name="api-submission-questionnaires",
    ),
    path(
        "submissions/<int:pk>/questionnaires/<str:instrument>/<str:period>/",
        questionnaires.SubmissionAnswers.as_view(),
        name="api-submission-answers",
    ),
    path("submissions/<int:pk>/steps/", submissions.SubmissionSteps.as_view(), name="api-submission-steps"),
    path("submissions/<int:pk>/marks/", submissions.SubmissionMarks.as_view(), name="api-submission-marks"),
    path("submissions/<int:pk>/comments/", submissions.SubmissionComments.as_view(), name="api-submission-comments"),
    path("submissions/<int:pk>/events/", submissions.SubmissionEvents.as_view(), name="api-submission-events"),
    path("observations/", observations.ObservationList.as_view(), name="api-observation-list"),
]
