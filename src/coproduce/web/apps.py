from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "coproduce.web"

    def ready(self) -> None:
        """Hear of it when somebody pairs an app for their second step."""
        from allauth.mfa.signals import authenticator_added

        from coproduce.web.accounts import remember_second_step

        authenticator_added.connect(remember_second_step)
