"""Where a report is read, taken home as a file, and written."""

from django.urls import URLPattern, path

from coproduce.reports.views import reading

app_name = "reports"
urlpatterns: list[URLPattern] = [
    # what everybody reads
    path("reports/", reading.report_list, name="report_list"),
    path("reports/<slug:slug>/", reading.report, name="report"),
    path("reports/<slug:slug>/<int:version>/", reading.version, name="version"),
    path("reports/<slug:slug>/<int:version>/report.<str:ending>", reading.file, name="file"),
]
