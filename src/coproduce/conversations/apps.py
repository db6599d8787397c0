from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "coproduce.conversations"

    def ready(self) -> None:
        """Tell trust who may look at the figures of a conversation."""
        from coproduce.conversations import onlookers
        from coproduce.trust import looking

        looking.leave_rule(onlookers.KIND, onlookers.page_of)
