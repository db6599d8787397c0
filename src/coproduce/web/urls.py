"""Every address of the site. Our own pages first; the pages people write themselves last."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as wagtail_documents_urls

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", include(wagtail_admin_urls)),
    path("documents/", include(wagtail_documents_urls)),
    path("", include("coproduce.conversations.urls")),
    path("", include("coproduce.trust.urls")),
    path("", include(wagtail_urls)),
]
