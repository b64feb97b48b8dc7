"""Addresses of the working pages: data, sources, people and their invitations."""

from django.urls import path

from sdg_targets.views import data, invitations, people, sources

app_name = "sdg_targets"
urlpatterns = [
    path("data/", data.data_list, name="data-list"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<str:code>/", sources.source_detail, name="source-detail"),
    path("my/people/", people.people, name="people"),
    path("my/people/mandates/<int:pk>/delegate/", people.mandate_delegate, name="mandate-delegate"),
    path("my/people/mandates/<int:pk>/hand-over/", people.mandate_hand_over, name="mandate-hand-over"),
    path("my/people/delegations/<int:pk>/end/", people.delegation_end, name="delegation-end"),
    path("my/people/invitations/<int:pk>/revoke/", people.invitation_revoke, name="invitation-revoke"),
    path("my/people/invitations/<int:pk>/again/", people.invitation_resend, name="invitation-resend"),
    path("my/people/<str:code>/", people.people_area, name="people-area"),
    path("invitations/<str:token>/", invitations.invitation_accept, name="invitation"),
]
