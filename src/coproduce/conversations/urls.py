"""Where a conversation is found: to take part, in the room, to facilitate it, what it found."""

from django.urls import URLPattern

app_name = "conversations"
urlpatterns: list[URLPattern] = []
