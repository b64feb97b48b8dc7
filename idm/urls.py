"""Every address: pages in three languages, and what stands outside the languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from idm.health import healthz

handler400 = "idm.api.refused"
handler500 = "idm.api.failed"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/", include("idm.api")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("", include("sdg_targets.urls")),
        path("", include("partners.urls")),
        path("", include("reports.urls")),
        prefix_default_language=False,
    ),
]
