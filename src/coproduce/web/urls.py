"""Every address of the site: what is asked for most first, the pages people write last."""

from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

from coproduce.web import searching, views
from coproduce.web.demo_mail import demo_mail

urlpatterns = [
    path("", include("coproduce.conversations.urls")),
    path("", include("coproduce.gatherings.urls")),
    path("", include("coproduce.projects.urls")),
    path("", include("coproduce.measures.urls")),
    path("", include("coproduce.reports.urls")),
    path("", include("coproduce.pictures.urls")),
    path("", include("coproduce.trust.urls")),
    path("", include("coproduce.people.urls")),
    path("", views.home, name="home"),
    path("search/", searching.search, name="search"),
    path("robots.txt", views.robots, name="robots"),
    path("demo/mail/", demo_mail, name="demo_mail"),
    path("accounts/login/", views.sign_in),
    path("_util/login/", views.sign_in),
    re_path(r"^accounts/password/", views.not_here),
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_documents_urls)),
    path("", include(wagtail_urls)),
]
