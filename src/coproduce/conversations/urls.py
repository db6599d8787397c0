"""Where a conversation is found: to take part, in the room, to facilitate it, what it found."""

from django.urls import URLPattern, path

from coproduce.conversations.views import joining, own_words, talk

app_name = "conversations"
urlpatterns: list[URLPattern] = [
    # taking part
    path("talk/", talk.talk_list, name="talk_list"),
    path("talk/<slug:slug>/", talk.talk, name="talk"),
    path("talk/<slug:slug>/answer/", talk.answer, name="answer"),
    path("talk/<slug:slug>/answers/", talk.answers, name="answers"),
    path("talk/<slug:slug>/thanks/", talk.thanks, name="thanks"),
    path("talk/<slug:slug>/say/", own_words.say, name="say"),
    path("talk/<slug:slug>/about-you/", own_words.about_you, name="about_you"),
    path("talk/<slug:slug>/take-back/", own_words.take_back, name="take_back"),
    path("talk/<slug:slug>/code/", joining.enter_code, name="enter_code"),
    path("join/", joining.join_form, name="join_form"),
    path("join/<str:code>/", joining.join, name="join"),
]
