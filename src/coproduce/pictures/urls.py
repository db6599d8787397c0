"""Where the files of pictures are handed out; the pages about them are the gatherings'."""

from django.urls import URLPattern, path

from coproduce.pictures.views import files

app_name = "pictures"
urlpatterns: list[URLPattern] = [
    path("pictures/<uuid:picture_id>/<str:name>", files.file, name="file"),
]
