"""Every address: pages in three languages, and what stands outside the languages.

An organisation's accounts lead back to one address, whatever the language: it is registered with their server.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from idm.accounts import organisation
from idm.health import healthz

handler400 = "idm.api.refused"
handler500 = "idm.api.failed"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/", include("idm.api")),
    path("account/with/<str:provider_id>/login/", organisation.away, name="openid_connect_login"),
    path("account/with/<str:provider_id>/login/callback/", organisation.back, name="openid_connect_callback"),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("account/", include("idm.accounts.urls")),
        path("", include("sdg_targets.urls")),
        path("", include("partners.urls")),
        path("", include("reports.urls")),
        prefix_default_language=False,
    ),
]
