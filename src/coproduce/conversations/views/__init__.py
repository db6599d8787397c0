"""The pages of a conversation."""
