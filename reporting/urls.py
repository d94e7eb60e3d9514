"""Addresses of measures, reports and what the figures rest on."""

from django.urls import path

from reporting.views import (
    cases,
    checking,
    comparison,
    measures,
    overview,
    public_reports,
    quality,
    report_templates,
    reports,
    sources,
    split,
    work,
    work_criteria,
    work_moving,
    work_published,
    work_writing,
)

_PLACE = "<committees:committees>/<int:year>/"
_MEASURE = f"{_PLACE}matt/<slug:code>/"
_WORK = "rapporter/arbete/<int:pk>/"
_PUBLIC = "rapporter/offentligt/<int:year>/<slug:name>/"
_PUBLIC_VERSION = f"{_PUBLIC}v<int:version>/"
_WORK_PART = f"{_WORK}delar/<slug:code>/"

urlpatterns = [
    path("", overview.home, name="home"),
    path("matt/", measures.measure_home, name="measure_home"),
    path("jamforelse/", comparison.measure_comparisons, name="measure_comparisons"),
    path("jamforelse/<slug:kpi>/", comparison.measure_comparison, name="measure_comparison"),
    path("jamforelse/<slug:kpi>.<str:ending>", comparison.measure_comparison_file, name="measure_comparison_file"),
    path("kontrollera/", checking.report_check, name="report_check"),
    path("rapporter/", reports.report_list, name="report_list"),
    path("rapporter/ny/", reports.report_new, name="report_new"),
    path("rapporter/offentligt/", public_reports.public_report_list, name="public_report_list"),
    path(_PUBLIC, public_reports.public_report_latest, name="public_report_latest"),
    path(_PUBLIC_VERSION, public_reports.public_report, name="public_report"),
    path(f"{_PUBLIC_VERSION}rapport.pdf", public_reports.public_report_pdf, name="public_report_pdf"),
    path(f"{_PUBLIC_VERSION}tabeller.<str:ending>", public_reports.public_report_data, name="public_report_data"),
    path(f"{_PUBLIC_VERSION}<str:table>.csv", public_reports.public_report_table, name="public_report_table"),
    path("rapporter/kalender/", work.report_work_calendar, name="report_work_calendar"),
    path("rapporter/kalender/ny/", work.report_work_new, name="report_work_new"),
    path("rapporter/mallar/", report_templates.report_work_templates, name="report_work_templates"),
    path("rapporter/mallar/lagg-in/", report_templates.report_work_deliver, name="report_work_deliver"),
    path("rapporter/mallar/<slug:code>/", report_templates.report_work_template, name="report_work_template"),
    path(
        "rapporter/mallar/<slug:code>/kopiera/",
        report_templates.report_work_template_copy,
        name="report_work_template_copy",
    ),
    path(
        "rapporter/mallar/<slug:code>/andra/",
        report_templates.report_work_template_edit,
        name="report_work_template_edit",
    ),
    path(_WORK, work.report_work, name="report_work"),
    path(f"{_WORK}utan-forklaring/<path:key>/", work_moving.report_work_waive, name="report_work_waive"),
    path(f"{_WORK}las/", work.report_work_reading, name="report_work_reading"),
    path(f"{_WORK}revisionens-fragor/", work_criteria.report_work_criteria, name="report_work_criteria"),
    path(f"{_WORK}arkiv.zip", work_published.report_work_archive, name="report_work_archive"),
    path(f"{_WORK}tjansteskrivelse.docx", work_published.report_work_memo_word, name="report_work_memo_word"),
    path(f"{_WORK}andringar/", work_published.report_work_changes, name="report_work_changes"),
    path(f"{_WORK}ratta/", work.report_work_correction, name="report_work_correction"),
    path(f"{_WORK}godkann/", work_moving.report_work_approve, name="report_work_approve"),
    path(f"{_WORK}steg/<slug:name>/", work_moving.report_work_move, name="report_work_move"),
    path(f"{_WORK}beslut/<str:code>/", work_moving.report_work_decide, name="report_work_decide"),
    path(f"{_WORK}justering/<str:code>/", work_moving.report_work_adjust, name="report_work_adjust"),
    path(_WORK_PART, work_writing.report_work_part, name="report_work_part"),
    path(f"{_WORK_PART}skriv/", work_writing.report_work_write, name="report_work_write"),
    path(f"{_WORK_PART}spara/", work_writing.report_work_autosave, name="report_work_autosave"),
    path(f"{_WORK_PART}forhandsgranska/", work_writing.report_work_preview, name="report_work_preview"),
    path(f"{_WORK_PART}aterstall/<int:number>/", work_writing.report_work_restore, name="report_work_restore"),
    path(f"{_WORK}siffror/", work_writing.report_work_figures, name="report_work_figures"),
    path(f"{_WORK_PART}skribent/", work_writing.report_work_writer, name="report_work_writer"),
    path(f"{_WORK_PART}klar/", work_writing.report_work_ready, name="report_work_ready"),
    path("rapporter/<int:pk>/", reports.report_detail, name="report_detail"),
    path("rapporter/<int:pk>/rapport.pdf", reports.report_pdf, name="report_pdf"),
    path("underlag/", sources.source_list, name="source_list"),
    path("underlag/leveranser/<int:pk>/", sources.source_delivery, name="source_delivery"),
    path(
        "underlag/leveranser/<int:pk>/varningar.<str:ending>", sources.source_delivery_file, name="source_delivery_file"
    ),
    path("underlag/kvalitet/", quality.source_quality, name="source_quality"),
    path("underlag/kvalitet.<str:ending>", quality.source_quality_file, name="source_quality_file"),
    path("underlag/<str:fingerprint>/", sources.source_snapshot, name="source_snapshot"),
    # Last, because a place begins with any committee's code: what stands above is never taken for one.
    path(_PLACE, overview.overview, name="overview"),
    path(f"{_PLACE}bevakning/", overview.overview_due, name="overview_due"),
    path(f"{_PLACE}matt/", measures.measure_list, name="measure_list"),
    path(_MEASURE, measures.measure_series, name="measure"),
    path(f"{_MEASURE}utveckling.<str:ending>", measures.measure_series_file, name="measure_file"),
    path(f"{_MEASURE}manader.<str:ending>", measures.measure_months_file, name="measure_months_file"),
    path(f"{_MEASURE}forlopp.<str:ending>", measures.measure_course_file, name="measure_course_file"),
    path(f"{_MEASURE}uppdelning/", split.measure_split, name="measure_split"),
    path(f"{_MEASURE}uppdelning.<str:ending>", split.measure_split_file, name="measure_split_file"),
    path(f"{_MEASURE}metod/", measures.measure_method, name="measure_method"),
    path(f"{_MEASURE}arenden/", cases.measure_cases, name="measure_cases"),
    path(f"{_MEASURE}arenden.<str:ending>", cases.measure_cases_file, name="measure_cases_file"),
    path(f"{_MEASURE}utelamnade/", cases.measure_left_out, name="measure_left_out"),
    path(f"{_MEASURE}utelamnade.<str:ending>", cases.measure_left_out_file, name="measure_left_out_file"),
]
