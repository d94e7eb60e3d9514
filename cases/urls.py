"""Addresses of what is held about people: register extracts and disposal."""

from django.urls import path

from cases.views import accounts, disposal, extracts, fault_workbooks, handing_in, mapping, profiles, quality

urlpatterns = [
    path("underlag/leveranser/ny/", handing_in.source_new, name="source_new"),
    path("underlag/inlamningar/<int:pk>/", handing_in.source_waiting, name="source_waiting"),
    path("underlag/inlamningar/<int:pk>/koppla/<int:file>/", mapping.source_mapping, name="source_mapping"),
    path("underlag/inlamningar/<int:pk>/konton/<int:file>/", accounts.source_accounts, name="source_accounts"),
    path(
        "underlag/inlamningar/<int:pk>/arbetsbok/<int:file>/", fault_workbooks.source_workbook, name="source_workbook"
    ),
    path(
        "underlag/varningar/<slug:kind>/<slug:check>/<str:column>/", quality.source_acceptance, name="source_acceptance"
    ),
    path("underlag/profiler/", profiles.source_profiles, name="source_profiles"),
    path("underlag/profiler/ny/", profiles.source_profile_new, name="source_profile_new"),
    path("underlag/profiler/<slug:name>/", profiles.source_profile, name="source_profile"),
    path("underlag/profiler/<slug:name>.toml", profiles.source_profile_file, name="source_profile_file"),
    path("underlag/kalender/", quality.source_calendar, name="source_calendar"),
    path("underlag/kalender/ny/", quality.source_expected, name="source_expected_new"),
    path("underlag/kalender/<int:pk>/", quality.source_expected, name="source_expected"),
    path("registerutdrag/", extracts.extract, name="extract"),
    path("gallring/", disposal.disposal_list, name="disposal_list"),
    path("gallring/forslag/", disposal.disposal_proposal, name="disposal_proposal"),
    path("gallring/<int:pk>/", disposal.disposal_detail, name="disposal_detail"),
    path("gallring/<int:pk>/utfor/", disposal.disposal_carry_out, name="disposal_carry_out"),
]
