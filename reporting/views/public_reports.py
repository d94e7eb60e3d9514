"""Published reports, for everybody: no log-in and no cookies, at addresses that stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from reporting.documents import storage
from reporting.documents.content import Document
from reporting.documents.models import Publication
from reporting.documents.publication.data import as_json, data_files, packed, table_of, workbook
from reporting.documents.publication.keeping import DocumentLost, document_of
from reporting.documents.publication.newer import newer_figures
from reporting.documents.publication.publishing import facts_of, later_version, moment_of, published
from reporting.views.blocks import on_screen

_PAGE_MINUTES = 5
_FILE_DAYS = 30
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_View = Callable[..., HttpResponse | FileResponse]


def _for_all(view: _View) -> _View:
    """A view that is the same for everybody: no log-in, no cookie, and shared caches need not tell readers apart."""

    @wraps(view)
    def same_for_all(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse | FileResponse:
        # Who is logged in was asked for on the way here; the answer is not used, so it must not vary the response.
        request.session.accessed = False
        return view(request, *args, **kwargs)

    return login_not_required(require_safe(same_for_all))


def _public_page(view: _View) -> _View:
    """A page that everybody may keep a few minutes, and then ask whether it is another."""
    kept: _View = cache_control(public=True, max_age=60 * _PAGE_MINUTES)(view)
    return _for_all(cast("_View", decorator_from_middleware(ConditionalGetMiddleware)(kept)))


def _etag(_request: HttpRequest, *_: object, **address: Any) -> str | None:
    """A version's files follow from its PDF, so they have its hash; None, and then a 404, for what is not published."""
    where = {key: address[key] for key in ("year", "name", "version")}
    sha256 = published().filter(**where).values_list("edition__sha256", flat=True).first()
    return f'"{sha256}"' if sha256 else None


def _public_file(view: _View) -> _View:
    """A file of a version, which never changes."""
    kept: _View = cache_control(public=True, max_age=86400 * _FILE_DAYS)(condition(etag_func=_etag)(view))
    return _for_all(kept)


def _publication(year: int, name: str, version: int) -> Publication:
    return get_object_or_404(published(), year=year, name=name, version=version)


def _document(publication: Publication) -> Document:
    try:
        return document_of(publication.edition)
    except DocumentLost as lost:
        raise Http404(str(lost)) from lost


def _page(template: str, context: dict[str, object]) -> HttpResponse:
    """Return the page, made without the request: nothing in it depends on who reads it, so one copy serves everybody."""
    return HttpResponse(render_to_string(template, context))


@_public_page
def public_report_list(request: HttpRequest) -> HttpResponse:
    """List every published report, the newest year first."""
    found = published().prefetch_related("report__meetings__committee")
    return _page("reporting/public/list.html", {"publications": found})


@_for_all
def public_report_latest(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """Lead to the latest version of a report."""
    found = published().filter(year=year, name=name).order_by("-version").first()
    if found is None:
        raise Http404("Rapporten är inte publicerad.")
    return redirect("public_report", year=year, name=name, version=found.version)


@_public_page
def public_report(request: HttpRequest, year: int, name: str, version: int) -> HttpResponse:
    """Show a version of a report: the very document that its PDF was made from, with everything in it to fetch."""
    publication = _publication(year, name, version)
    document = _document(publication)
    context = {
        "publication": publication,
        "document": document,
        "chapters": [(chapter, on_screen(chapter)) for chapter in document.chapters],
        "later": later_version(publication),
        "newer": newer_figures(publication.edition),
    }
    return _page("reporting/public/report.html", context)


@_public_file
def public_report_pdf(request: HttpRequest, year: int, name: str, version: int) -> HttpResponse | FileResponse:
    """Hand out the PDF that was decided on."""
    publication = _publication(year, name, version)
    path = storage.path_of(publication.edition.sha256)
    if not path.is_file():
        raise Http404("Rapportens PDF finns inte kvar.")
    file_name = f"{name}-{year}-v{version}.pdf"
    return FileResponse(path.open("rb"), content_type="application/pdf", filename=file_name)


@_public_file
def public_report_data(request: HttpRequest, year: int, name: str, version: int, ending: str) -> HttpResponse:
    """Hand out all tables with their dictionary: as a workbook, as CSV files in a ZIP, or as JSON with the report's facts."""
    publication = _publication(year, name, version)
    document = _document(publication)
    if ending == "xlsx":
        return _file(workbook(document, moment=moment_of(publication.edition)), _XLSX, f"{name}-{year}-v{version}.xlsx")
    if ending == "zip":
        return _file(packed(data_files(document)), "application/zip", f"{name}-{year}-v{version}.zip")
    if ending == "json":
        text = json.dumps({**facts_of(publication), **as_json(document)}, ensure_ascii=False, indent=1)
        return _file(text.encode(), "application/json", f"{name}-{year}-v{version}.json")
    raise Http404("Tabellerna kan hämtas som xlsx, zip (med csv) eller json.")


@_public_file
def public_report_table(request: HttpRequest, year: int, name: str, version: int, table: str) -> HttpResponse:
    """Hand out one table as CSV: the file that is embedded in the PDF."""
    found = table_of(_document(_publication(year, name, version)), f"{table}.csv")
    if found is None:
        raise Http404("Rapporten har ingen sådan tabell.")
    return _file(found.csv(), "text/csv; charset=utf-8", found.file_name)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
