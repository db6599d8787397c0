from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "coproduce.gatherings"

    def ready(self) -> None:
        """Tell trust who may look at the figures of a gathering."""
        from coproduce.gatherings import onlookers
        from coproduce.trust import looking

        looking.leave_rule(onlookers.KIND, onlookers.page_of)
