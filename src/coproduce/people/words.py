"""What people typed, as plain words; the rule is the same in every room."""

from coproduce.people.words import essence, plain_paragraphs, plain_words, same_words

__all__ = ["essence", "plain_paragraphs", "plain_words", "same_words"]
