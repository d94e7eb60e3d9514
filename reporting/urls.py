"""Addresses of measures, reports and what the figures rest on."""

from django.urls import path

from reporting.views import measures, reports, sources

urlpatterns = [
    path("matt/", measures.measure_home, name="measure_home"),
    path("<committees:committees>/<int:year>/matt/", measures.measure_home, name="measure_list"),
    path("rapporter/", reports.report_list, name="report_list"),
    path("rapporter/ny/", reports.report_new, name="report_new"),
    path("rapporter/<int:pk>/", reports.report_detail, name="report_detail"),
    path("rapporter/<int:pk>/rapport.pdf", reports.report_pdf, name="report_pdf"),
    path("underlag/", sources.source_list, name="source_list"),
    path("underlag/leveranser/<int:pk>/", sources.source_delivery, name="source_delivery"),
    path("underlag/<str:fingerprint>/", sources.source_snapshot, name="source_snapshot"),
]
