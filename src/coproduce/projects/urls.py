"""Where projects are found, made and worded."""

from django.urls import URLPattern, path

from coproduce.projects import views

app_name = "projects"
urlpatterns: list[URLPattern] = [
    path("projects/", views.project_list, name="project_list"),
    path("projects/new/", views.project_new, name="project_new"),
    path("projects/<slug:slug>/", views.project, name="project"),
    path("projects/<slug:slug>/edit/", views.project_edit, name="project_edit"),
    path("projects/<slug:slug>/publish/", views.project_publish, name="project_publish"),
]
