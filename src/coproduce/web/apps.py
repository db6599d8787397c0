from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "coproduce.web"

    def ready(self) -> None:
        """Hear of it when somebody pairs an app for their second step; fill the pages of places."""
        from allauth.mfa.signals import authenticator_added

        from coproduce.people.place_pages import leave_section
        from coproduce.web import place_sections
        from coproduce.web.accounts import remember_second_step

        authenticator_added.connect(remember_second_step)
        leave_section("gatherings", place_sections.gatherings_of, position=10)
        leave_section("insights", place_sections.insights_of, position=15)
        leave_section("conversations", place_sections.conversations_of, position=20)
        leave_section("reports", place_sections.reports_of, position=15)
        leave_section("answers", place_sections.answers_of, position=30)
