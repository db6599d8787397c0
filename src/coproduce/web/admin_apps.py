"""Wagtail's apps where ours replace a part of them."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "coproduce.web.users.UserViewSet"
