"""Where a report is read, taken home as a file, and written."""

from django.urls import URLPattern, path

from coproduce.reports.views import afterwards, answered, reading, writing

DESK = "host/<slug:slug>/report/"
ONE = f"{DESK}<uuid:report_id>/"

app_name = "reports"
urlpatterns: list[URLPattern] = [
    # what everybody reads
    path("reports/", reading.report_list, name="report_list"),
    path("reports/<slug:slug>/", reading.report, name="report"),
    path("reports/<slug:slug>/<int:version>/", reading.version, name="version"),
    path("reports/<slug:slug>/<int:version>/report.<str:ending>", reading.file, name="file"),
    # what was answered, for whoever coordinates a place
    path("places/<slug:place>/answered/", answered.answered, name="answered"),
    # what is left to do after a gathering
    path("host/<slug:slug>/checklist/", afterwards.tidy, name="checklist"),
    path("host/<slug:slug>/thanks/", afterwards.thank, name="thank"),
    # writing it
    path(DESK, writing.desk, name="desk"),
    path(f"{DESK}guest/", writing.take_in, name="take_in"),
    path(ONE, writing.edit, name="edit"),
    path(f"{ONE}about/", writing.about, name="about"),
    path(f"{ONE}add/", writing.choose, name="choose"),
    path(f"{ONE}add/<str:kind>/", writing.add, name="add"),
    path(f"{ONE}block/<str:block>/", writing.change, name="change"),
    path(f"{ONE}block/<str:block>/move/", writing.move, name="move"),
    path(f"{ONE}block/<str:block>/take-out/", writing.take_out, name="take_out"),
    path(f"{ONE}preview/", writing.preview, name="preview"),
    path(f"{ONE}publish/", writing.publish, name="publish"),
]
