"""What people do in a conversation: make it, take part in it, publish what it found."""
