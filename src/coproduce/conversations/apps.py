from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class ConversationsConfig(AppConfig):
    name = "coproduce.conversations"

    def ready(self) -> None:
        from coproduce.conversations.actions import taking_part

        user_logged_in.connect(taking_part.after_sign_in, dispatch_uid="answers follow")
