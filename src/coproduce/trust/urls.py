"""Where a published number answers "How do we know this?"."""

from django.urls import URLPattern

app_name = "trust"
urlpatterns: list[URLPattern] = []
