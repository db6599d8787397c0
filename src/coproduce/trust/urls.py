"""Where a published number answers "How do we know this?"."""

from django.urls import path

from coproduce.trust import views

app_name = "trust"
urlpatterns = [
    path("figures/<uuid:figure_id>/", views.figure, name="figure"),
    path("figures/<uuid:figure_id>/table.csv", views.figure_csv, name="figure_csv"),
    path("figures/<uuid:figure_id>/figure.json", views.figure_json, name="figure_json"),
]
